import { Delivery, failedAttemptsOf, messageIdOf, timesRedrivenOf } from '@app/amqp';
import { errorTypeOf, isTraceparent, Span, Tracer, tracer, tracestateFrom } from '@app/service';
import { isDoneWith, isRefused, Next, Outcome, Step } from '../../pipeline/step';
import { batchSpan, operationAttributes } from '../../tracing/message-spans';

/**
 * Handles each message within a span of its own, below the one that has published it, on each attempt anew; the span of a batch links to
 * them. What a message causes belongs to its span, since its context is read from it. Where tracing is off, messages just go on.
 */
export class TraceHandling implements Step<Delivery> {
  async handle(deliveries: readonly Delivery[], next: Next<Delivery>): Promise<readonly Outcome[]> {
    const spans = tracer();
    return spans === undefined ? next(deliveries) : handleTraced(spans, deliveries, next);
  }
}

async function handleTraced(
  tracer: Tracer,
  deliveries: readonly Delivery[],
  next: Next<Delivery>,
): Promise<readonly Outcome[]> {
  const traced = deliveries.map((delivery) => ({ delivery, span: handlingSpan(tracer, delivery) }));
  const spans = traced.map(({ span }) => span);
  const batch = batchSpan(tracer, { ...PROCESS, destination: deliveries[0]?.queue ?? '' }, spans);
  try {
    const outcomes = await next(
      traced.map(({ delivery, span }) => delivery.withHeader('traceparent', span.traceparent)),
    );
    for (const [index, span] of spans.entries()) note(span, outcomes[index] ?? 'give back');
    return outcomes;
  } catch (error) {
    for (const span of spans) span.fail(errorTypeOf(error));
    throw error;
  } finally {
    for (const span of batch === undefined ? spans : [...spans, batch]) span.end();
  }
}

const PROCESS = { operation: 'process', type: 'process' } as const;

/** What was handled as usual, needs no word. */
function note(span: Span, outcome: Outcome): void {
  if (isRefused(outcome)) span.fail(errorTypeOf(outcome.refused));
  else if (!isDoneWith(outcome)) span.fail('GIVEN_BACK');
  else if (outcome !== 'done') span.set({ 'order_events.message.outcome': outcome });
}

function handlingSpan(tracer: Tracer, { message, properties, queue }: Delivery): Span {
  const { exchange, routingKey, redelivered, deliveryTag } = message.fields;
  const destination = [...new Set([exchange, routingKey, queue])].filter((part) => part !== '').join(':');
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const { traceparent } = headers;
  return tracer.start({
    name: `process ${destination}`,
    kind: 'consumer',
    parent: isTraceparent(traceparent)
      ? { traceparent, tracestate: tracestateFrom(headers.tracestate) }
      : undefined,
    attributes: {
      ...operationAttributes({ ...PROCESS, destination }),
      'messaging.rabbitmq.destination.routing_key': routingKey,
      'messaging.rabbitmq.message.delivery_tag': deliveryTag,
      'messaging.message.id': messageIdOf(message),
      'messaging.message.conversation_id': textOf(properties.correlationId),
      'cloudevents.event_type': textOf(properties.type),
      'order_events.message.attempt': failedAttemptsOf(properties) + 1,
      'order_events.message.redriven': timesRedrivenOf(properties) || undefined,
      'order_events.message.redelivered': redelivered || undefined,
    },
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
