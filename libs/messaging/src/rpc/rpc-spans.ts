import { randomUUID } from 'node:crypto';
import { questionsExchangeName } from '@app/contracts';
import { CallSpan, currentContext, errorTypeOf, runInContext, Span, tracer } from '@app/service';
import { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Observable, tap } from 'rxjs';
import { operationAttributes } from '../tracing/message-spans';

/** What the span of a question, and that of its answer, begin with. @param queue of the service that is asked */
export function rpcSpan(operation: 'ask' | 'answer', queue: string): CallSpan {
  const destination = `${questionsExchangeName(queue)}:${queue}`;
  const type = operation === 'ask' ? 'send' : 'process';
  return {
    name: `${operation} ${destination}`,
    attributes: {
      ...operationAttributes({ operation, type, destination }),
      'messaging.rabbitmq.destination.routing_key': queue,
      'messaging.message.conversation_id': currentContext()?.correlationId,
    },
  };
}

/** Answers each question within a span of its own, below that of the question. Where tracing is off, it just answers. */
export class AnswerSpans implements NestInterceptor {
  constructor(private readonly queue: string) {}

  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    const asked = currentContext();
    const span = tracer()?.start({ ...rpcSpan('answer', this.queue), kind: 'server', parent: asked });
    if (span === undefined) return next.handle();
    const context = { correlationId: randomUUID(), ...asked, traceparent: span.traceparent };
    const answer = new Observable((asker) => runInContext(context, () => next.handle().subscribe(asker)));
    return answer.pipe(ending(span));
  }
}

const ending = (span: Span) =>
  tap({ error: (error: unknown) => span.fail(errorTypeOf(error)), finalize: () => span.end() });
