import { Span, Tracer, tracer } from '@app/service';
import { batchSpan, operationAttributes } from '../tracing/message-spans';
import { OutboxEntry, subjectOfEntry } from './outbox-entry';
import { PublishOutcome } from './publish-outcome';

/**
 * Publishes the events of a batch, each within a span of its own, below that of the work that has added the event; the message carries
 * the span's context. So there is a span for each attempt to publish, and none for an event whose transaction was rolled back. The span of the batch links to
 * them. Where tracing is off, it just publishes.
 * @param publish never rejects
 */
export async function inPublishSpans(
  entries: readonly OutboxEntry[],
  publish: (entry: OutboxEntry) => Promise<PublishOutcome>,
): Promise<readonly PublishOutcome[]> {
  const spans = tracer();
  if (spans === undefined) return Promise.all(entries.map(publish));
  const traced = entries.map((entry) => ({ entry, span: publishSpan(spans, entry) }));
  const batch = batchSpan(
    spans,
    { operation: 'publish', type: 'send', destination: entries[0]?.exchange ?? '' },
    traced.map(({ span }) => span),
  );
  const outcomes = await Promise.all(traced.map(({ entry, span }) => publishWithin(span, entry, publish)));
  batch?.end();
  return outcomes;
}

function publishSpan(spans: Tracer, entry: OutboxEntry): Span {
  const { exchange, routing_key: routingKey, headers, attempts } = entry;
  const { traceparent, tracestate } = headers;
  return spans.start({
    name: `publish ${exchange}:${routingKey}`,
    kind: 'producer',
    parent: traceparent === undefined ? undefined : { traceparent, tracestate },
    attributes: {
      ...operationAttributes({
        operation: 'publish',
        type: 'send',
        destination: `${exchange}:${routingKey}`,
      }),
      'messaging.rabbitmq.destination.routing_key': routingKey,
      'messaging.message.id': entry.event_id,
      'messaging.message.conversation_id': entry.correlation_id,
      'cloudevents.event_type': routingKey,
      'cloudevents.event_subject': subjectOfEntry(entry),
      'order_events.message.attempt': attempts + 1,
    },
  });
}

async function publishWithin(
  span: Span,
  entry: OutboxEntry,
  publish: (entry: OutboxEntry) => Promise<PublishOutcome>,
): Promise<PublishOutcome> {
  const outcome = await publish({ ...entry, headers: { ...entry.headers, traceparent: span.traceparent } });
  if (outcome === 'broker away') span.fail('BROKER_UNAVAILABLE');
  else if (outcome !== 'confirmed') span.fail('MESSAGE_REFUSED');
  span.end();
  return outcome;
}
