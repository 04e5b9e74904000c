import type { ConsumeMessage } from '@app/amqp';
import { CORRELATION_HEADER, WorkContext } from '@app/service';
import { inNamedContext } from '../pipeline/in-context-of';

/** What a question says of the work that asks. The AMQP property `correlationId` is taken: it tells the asker which answer is its own. */
export const headersOf = (context: WorkContext | undefined): Record<string, string> =>
  context === undefined
    ? {}
    : {
        [CORRELATION_HEADER]: context.correlationId,
        traceparent: context.traceparent,
        ...(context.tracestate !== undefined && { tracestate: context.tracestate }),
      };

/** Answers a question in the context of the work that asks; in none where it names no trace. */
export function inContextOfQuestion<T>({ properties }: ConsumeMessage, answer: () => T): T {
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  return inNamedContext({ ...properties, correlationId: headers[CORRELATION_HEADER] }, '', answer);
}
