import type { Delivery } from '@app/amqp';
import { useTracer } from '@app/service';
import { deliveryOf } from '../../../../../test/support/deliveries';
import { RecordingTracer } from '../../../../../test/support/recording-tracer';
import { PermanentError } from '../../failures/permanent-error';
import type { Outcome } from '../../pipeline/step';
import { TraceHandling } from './trace-handling';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe(TraceHandling.name, () => {
  const channel = { isOpen: true, acknowledge: () => undefined, giveBack: () => undefined };
  const delivery = (headers: Record<string, unknown> = { traceparent: TRACEPARENT }) =>
    deliveryOf('a body', channel, {
      messageId: 'one',
      correlationId: 'request-7',
      type: 'order.created',
      headers,
    });

  const tracer = new RecordingTracer();
  const sut = new TraceHandling();
  let handled: readonly Delivery[];

  beforeEach(() => {
    tracer.spans.length = 0;
    useTracer(tracer);
  });

  afterEach(() => useTracer(undefined));

  const handle = (deliveries: readonly Delivery[], ...outcomes: Outcome[]) =>
    sut.handle(deliveries, (given) => {
      handled = given;
      return Promise.resolve(outcomes);
    });

  it('shows handlers the context of a span, which is below the one that has published the message', async () => {
    const message = delivery();
    await expect(handle([message], 'done')).resolves.toEqual(['done']);
    const [span] = tracer.spans;
    expect(span).toMatchObject({
      name: 'process email.order_events',
      kind: 'consumer',
      parent: { traceparent: TRACEPARENT },
      attributes: {
        'messaging.message.id': 'one',
        'messaging.message.conversation_id': 'request-7',
        'cloudevents.event_type': 'order.created',
        'order_events.message.attempt': 1,
        'order_events.message.redriven': undefined,
      },
      ended: true,
    });
    expect(span?.errorType).toBeUndefined();
    expect(handled[0]?.properties.headers).toEqual({ traceparent: span?.traceparent });
    // A copy that waits for the next attempt is made of the message as it came.
    expect(message.properties.headers).toEqual({ traceparent: TRACEPARENT });
  });

  it('says which attempt it is, and how often the message was redriven', async () => {
    await handle([delivery({ traceparent: TRACEPARENT, 'x-failed-attempts': 2, 'x-redriven': 1 })], 'done');
    expect(tracer.spans[0]?.attributes).toMatchObject({
      'order_events.message.attempt': 3,
      'order_events.message.redriven': 1,
    });
  });

  it('begins a trace where the message names none', async () => {
    await handle([delivery({ traceparent: 'none' }), delivery({})], 'done', 'done');
    expect(tracer.spans.slice(0, 2)).toMatchObject([{ parent: undefined }, { parent: undefined }]);
  });

  it('says what became of it where its handler was not needed', async () => {
    await handle([delivery()], 'repeated');
    expect(tracer.spans[0]?.attributes).toMatchObject({ 'order_events.message.outcome': 'repeated' });
    expect(tracer.spans[0]?.errorType).toBeUndefined();
  });

  it('tells of failures by their codes, and links the batch to its messages', async () => {
    const refused = { refused: new PermanentError('no such mailbox: ada@example.com') };
    await handle([delivery(), delivery(), delivery()], 'done', refused, 'give back');
    const [done, failed, givenBack, batch] = tracer.spans;
    expect([done, failed, givenBack].map((span) => span?.errorType)).toEqual([
      undefined,
      'PERMANENT_ERROR',
      'GIVEN_BACK',
    ]);
    expect(batch).toMatchObject({
      attributes: { 'messaging.batch.message_count': 3 },
      links: [done, failed, givenBack].map((span) => ({ traceparent: span?.traceparent })),
    });
    expect(JSON.stringify(tracer.spans)).not.toContain('ada@');
    expect(tracer.spans.every(({ ended }) => ended)).toBe(true);
  });

  it('ends every span where the batch fails as a whole', async () => {
    const failing = sut.handle([delivery(), delivery()], () => Promise.reject(new RangeError('a bug')));
    await expect(failing).rejects.toThrow('a bug');
    expect(tracer.spans).toMatchObject([
      { errorType: 'RangeError', ended: true },
      { errorType: 'RangeError', ended: true },
      { ended: true },
    ]);
  });

  it('just hands on what has come where tracing is off', async () => {
    useTracer(undefined);
    const deliveries = [delivery()];
    await handle(deliveries, 'done');
    expect(handled).toBe(deliveries);
  });
});
