import { ORDER_EVENTS, OrderCancelled, OrderConfirmed } from '@app/contracts';
import { eventually } from '../../../../infra/eventually';
import { RecordingSubscriber } from '../../../../test/support/recording-subscriber';
import { latch, MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { Subscriptions } from './subscriptions';

const QUEUE = 'email.order_events';
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe(Subscriptions.name, () => {
  let harness: MessagingHarness;
  let mails: RecordingSubscriber;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [RecordingSubscriber],
      environment: { PREFETCH: '1' },
    });
    mails = harness.app.get(RecordingSubscriber);
  });
  afterAll(() => harness.close());
  beforeEach(() => mails.forget());

  const handled = (...orders: readonly OrderConfirmed[]) =>
    eventually(() => expect(mails.orders).toEqual(orders));

  /** With a prefetch of one, the next message comes only once the last one is acknowledged. */
  const allAcknowledged = async (): Promise<void> => {
    const next = orderConfirmed();
    harness.send(OrderConfirmed, next);
    await eventually(() => expect(mails.orders.at(-1)).toEqual(next));
  };

  it("call the handler with the event's data", async () => {
    const order = orderConfirmed();
    harness.send(OrderConfirmed, order);
    await handled(order);
    expect(mails.orders[0]).toStrictEqual({ ...order });
  });

  it('bring the events of one queue each to its own handler', async () => {
    const [confirmed, cancelled] = [orderConfirmed(), orderConfirmed()];
    harness.send(OrderCancelled, cancelled);
    harness.send(OrderConfirmed, confirmed);
    await handled(confirmed);
    expect(mails.cancellations).toEqual([cancelled]);
  });

  it('acknowledge and forget an event without a handler, whatever its data', async () => {
    harness.sendBody(ORDER_EVENTS, {
      specversion: '1.0',
      id: '1',
      source: '/new',
      type: 'order.gilded',
      data: {},
    });
    await allAcknowledged();
    for (const queue of [`${QUEUE}.retry.1000`, `${QUEUE}.dead`])
      await expect(harness.waiting(queue)).resolves.toBe(0);
  });

  it("let the handler see the message's correlation, its trace and the key of the delivery", async () => {
    const id = harness.send(OrderConfirmed, orderConfirmed(), {
      correlationId: 'request-7',
      headers: { traceparent: TRACEPARENT, tracestate: 'vendor=1' },
    });
    await eventually(() =>
      expect(mails.attempts.map(({ surroundings }) => surroundings)).toEqual([
        { correlationId: 'request-7', traceparent: TRACEPARENT, tracestate: 'vendor=1', key: id },
      ]),
    );
  });

  it('correlate a message that came without any context by its own id', async () => {
    const id = harness.send(OrderConfirmed, orderConfirmed());
    await eventually(() =>
      expect(mails.attempts.map(({ surroundings }) => surroundings)).toEqual([
        { correlationId: id, traceparent: expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-01$/), key: id },
      ]),
    );
  });

  it('take no more at once than the prefetch', async () => {
    const { held, release } = latch();
    mails.act = () => held;
    const orders = [orderConfirmed(), orderConfirmed(), orderConfirmed()];
    for (const order of orders) harness.send(OrderConfirmed, order);
    await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(2));
    await handled(...orders.slice(0, 1));
    release();
    await handled(...orders);
  });
});
