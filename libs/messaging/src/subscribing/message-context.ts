import { runInContext, traceparentFrom } from '@app/service';
import type { MessageProperties } from '@app/amqp';

/** Runs the handling of a message in the context that its publisher worked in, so that logs and traces follow the order. */
export function inContextOf<T>(properties: MessageProperties, messageId: string, work: () => T): T {
  const correlationId: unknown = properties.correlationId;
  const headers: Record<string, unknown> = properties.headers ?? {};
  const { tracestate } = headers;
  const context = {
    correlationId: typeof correlationId === 'string' && correlationId !== '' ? correlationId : messageId,
    traceparent: traceparentFrom(headers.traceparent),
    ...(typeof tracestate === 'string' && { tracestate }),
  };
  return runInContext(context, work);
}
