import { randomUUID } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { traceparentFrom, tracestateFrom } from '../context/trace-context';
import { runInContext, WorkContext } from '../context/work-context';
import { inRequestSpan } from './request-span';

/** The header that carries the correlation id in requests and answers. */
export const CORRELATION_HEADER = 'x-correlation-id';

/** What a caller may choose as its correlation id; anything else is replaced, so that no caller writes lines of its own into our logs. */
const CORRELATION_ID = /^[\w.:-]{1,128}$/;

/** Runs every HTTP request in a context of its own, and answers with its correlation id. */
export function useHttpContext(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const context = inRequestSpan(contextFrom(request.headers), request, reply.raw);
      void reply.header(CORRELATION_HEADER, context.correlationId);
      runInContext(context, done);
    });
}

/** That of the request, or a new one. */
export function correlationIdFrom(headers: IncomingHttpHeaders): string {
  const correlationId = headers[CORRELATION_HEADER];
  return typeof correlationId === 'string' && CORRELATION_ID.test(correlationId)
    ? correlationId
    : randomUUID();
}

function contextFrom(headers: IncomingHttpHeaders): WorkContext {
  const tracestate = tracestateFrom(headers.tracestate);
  return {
    correlationId: correlationIdFrom(headers),
    traceparent: traceparentFrom(headers.traceparent),
    ...(tracestate !== undefined && { tracestate }),
  };
}
