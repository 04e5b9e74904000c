import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** The caller gets no answer. */
export class ConnectionDropped extends Error {
  readonly code = 'CONNECTION_DROPPED';
}

/** Cuts the connection of a request that shall get no answer. */
@Catch(ConnectionDropped)
export class ConnectionDroppedFilter implements ExceptionFilter<ConnectionDropped> {
  catch(_: ConnectionDropped, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    reply.hijack();
    reply.raw.destroy();
  }
}
