import type { MessageProperties } from '@app/amqp';
import { traceparentFrom, WorkContext } from '@app/service';

/** The context that a message's publisher worked in, so that logs and traces follow the order; of a message without one, a new one. */
export function contextOf(properties: MessageProperties, messageId: string): WorkContext {
  const correlationId: unknown = properties.correlationId;
  const headers: Record<string, unknown> = properties.headers ?? {};
  const { tracestate } = headers;
  return {
    correlationId: typeof correlationId === 'string' && correlationId !== '' ? correlationId : messageId,
    traceparent: traceparentFrom(headers.traceparent),
    ...(typeof tracestate === 'string' && { tracestate }),
  };
}
