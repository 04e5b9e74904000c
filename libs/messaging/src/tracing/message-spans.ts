import { Span, SpanAttributes, Tracer } from '@app/service';

interface Operation {
  /** As RabbitMQ calls it: `publish`. A question and its answer, which RabbitMQ has no names for: `ask` and `answer`. */
  readonly operation: 'publish' | 'process' | 'ask' | 'answer';
  /** As the conventions call it, for every messaging system. */
  readonly type: 'send' | 'process';
  readonly destination: string;
}

/**
 * What the spans of messages have in common.
 * @see https://opentelemetry.io/docs/specs/semconv/messaging/rabbitmq/
 */
export const operationAttributes = ({ operation, type, destination }: Operation): SpanAttributes => ({
  'messaging.system': 'rabbitmq',
  'messaging.operation.name': operation,
  'messaging.operation.type': type,
  'messaging.destination.name': destination,
});

/**
 * The span of a batch. Its messages belong to as many traces, so it has a trace of its own, and links to their spans. A message that is
 * alone has none, nor have messages that are not recorded.
 */
export function batchSpan(tracer: Tracer, operation: Operation, messages: readonly Span[]): Span | undefined {
  if (messages.length < 2 || !messages.some(({ isRecorded }) => isRecorded)) return undefined;
  return tracer.start({
    name: `${operation.operation} ${operation.destination}`,
    kind: operation.type === 'send' ? 'client' : 'consumer',
    attributes: { ...operationAttributes(operation), 'messaging.batch.message_count': messages.length },
    links: messages,
  });
}
