import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { concatMap, Observable } from 'rxjs';
import { ActiveFault } from './active-fault';
import { strike } from './strike';

/** Lets the active fault strike: before the message is accepted, or between that and the answer. */
@Injectable()
export class FaultsInterceptor implements NestInterceptor {
  constructor(private readonly faults: ActiveFault) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const { body } = http.getRequest<FastifyRequest<{ Body?: { To?: unknown } }>>();
    const fault = this.faults.take(String(body?.To));
    if (!fault) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    if (!fault.afterAccepting) await strike(fault, reply);
    return next.handle().pipe(
      concatMap(async (answer) => {
        if (fault.afterAccepting) await strike(fault, reply);
        return answer;
      }),
    );
  }
}
