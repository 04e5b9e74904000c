import { useTracer } from '@app/service';
import { RecordingTracer } from '../../../../test/support/recording-tracer';
import type { OutboxEntry } from './outbox-entry';
import type { PublishOutcome } from './publish-outcome';
import { inPublishSpans } from './publish-spans';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const entry = (id: string, headers: Record<string, string> = { traceparent: TRACEPARENT }): OutboxEntry => ({
  position: id,
  event_id: id,
  exchange: 'order_events',
  routing_key: 'order.created',
  body: `{"type":"order.created","subject":"order ${id}","data":{"subject":"another"}}`,
  correlation_id: 'request-7',
  attempts: 1,
  headers: { currency: 'EUR', ...headers },
});

describe(inPublishSpans.name, () => {
  const tracer = new RecordingTracer();
  const published: OutboxEntry[] = [];

  beforeEach(() => {
    tracer.spans.length = 0;
    published.length = 0;
    useTracer(tracer);
  });

  afterEach(() => useTracer(undefined));

  const publish = (...outcomes: PublishOutcome[]) => {
    const entries = outcomes.map((_, index) => entry(`${index}`));
    const left = outcomes.values();
    return inPublishSpans(entries, (one) => {
      published.push(one);
      return Promise.resolve(left.next().value ?? 'broker away');
    });
  };

  it('sends the context of a span along, which is below that of the work', async () => {
    await expect(publish('confirmed')).resolves.toEqual(['confirmed']);
    const [span, ...others] = tracer.spans;
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: 'publish order_events:order.created',
      kind: 'producer',
      parent: { traceparent: TRACEPARENT },
      attributes: {
        'messaging.message.id': '0',
        'messaging.message.conversation_id': 'request-7',
        'cloudevents.event_subject': 'order 0',
        'order_events.message.attempt': 2,
      },
      ended: true,
    });
    expect(published).toEqual([entry('0', { traceparent: span?.traceparent ?? '' })]);
  });

  it('tells of what was not confirmed', async () => {
    await publish('broker away', { refused: 'a queue of ada@example.com is full' });
    const [away, refused] = tracer.spans;
    expect(away).toMatchObject({ errorType: 'BROKER_UNAVAILABLE', ended: true });
    expect(refused).toMatchObject({ errorType: 'MESSAGE_REFUSED', ended: true });
  });

  it('links a batch to its messages', async () => {
    await publish('confirmed', 'confirmed');
    const [one, other, batch] = tracer.spans;
    expect(batch).toMatchObject({
      name: 'publish order_events',
      kind: 'client',
      attributes: { 'messaging.batch.message_count': 2 },
      links: [{ traceparent: one?.traceparent }, { traceparent: other?.traceparent }],
      ended: true,
    });
    expect(batch?.parent).toBeUndefined();
  });

  it('begins a trace where no work has caused the event', async () => {
    await inPublishSpans([entry('0', {})], () => Promise.resolve('confirmed'));
    expect(tracer.spans).toMatchObject([{ parent: undefined }]);
  });

  it('has no span of a batch that is not recorded, and none at all where tracing is off', async () => {
    const unsampled = new RecordingTracer(false);
    useTracer(unsampled);
    await publish('confirmed', 'confirmed');
    expect(unsampled.spans).toHaveLength(2);
    useTracer(undefined);
    published.length = 0;
    await publish('confirmed', 'confirmed');
    expect(published).toEqual([entry('0'), entry('1')]);
  });
});
