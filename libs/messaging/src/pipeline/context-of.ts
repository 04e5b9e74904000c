import { randomUUID } from 'node:crypto';
import { isShortString } from '@app/amqp';
import type { MessageProperties } from '@app/amqp';
import { traceparentFrom, WorkContext } from '@app/service';

/** W3C lets one that is longer be dropped. @see https://www.w3.org/TR/trace-context/#tracestate-limits */
const LONGEST_TRACESTATE = 512;

/**
 * The context that a message's publisher worked in, so that logs and traces follow the order; of a message without one, a new one. What
 * it holds can be sent on: it goes out again with every event that the message causes.
 */
export function contextOf(properties: MessageProperties, messageId: string): WorkContext {
  const headers: Record<string, unknown> = properties.headers ?? {};
  const { tracestate } = headers;
  return {
    correlationId: [properties.correlationId, messageId].find(isCorrelationId) ?? randomUUID(),
    traceparent: traceparentFrom(headers.traceparent),
    ...(typeof tracestate === 'string' && tracestate.length <= LONGEST_TRACESTATE && { tracestate }),
  };
}

const isCorrelationId = (value: unknown): value is string => isShortString(value) && value !== '';
