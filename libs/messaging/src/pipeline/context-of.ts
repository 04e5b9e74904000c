import { randomUUID } from 'node:crypto';
import { isShortString } from '@app/amqp';
import type { MessageProperties } from '@app/amqp';
import { traceparentFrom, tracestateFrom, WorkContext } from '@app/service';

/**
 * The context that a message's publisher worked in, so that logs and traces follow the order; of a message without one, a new one. What
 * it holds can be sent on: it goes out again with every event that the message causes.
 */
export function contextOf(properties: MessageProperties, messageId: string): WorkContext {
  const headers: Record<string, unknown> = properties.headers ?? {};
  const tracestate = tracestateFrom(headers.tracestate);
  return {
    correlationId: [properties.correlationId, messageId].find(isCorrelationId) ?? randomUUID(),
    traceparent: traceparentFrom(headers.traceparent),
    ...(tracestate !== undefined && { tracestate }),
  };
}

const isCorrelationId = (value: unknown): value is string => isShortString(value) && value !== '';
