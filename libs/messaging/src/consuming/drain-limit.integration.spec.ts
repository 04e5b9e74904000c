import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { eventually } from '../../../../infra/eventually';
import { RecordingSubscriber } from '../../../../test/support/recording-subscriber';
import { latch, MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';

const QUEUE = 'email.order_events';

describe('a service that stops while a handler hangs', () => {
  let harness: MessagingHarness;
  const { held, release } = latch();

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [RecordingSubscriber],
    });
    const mails = harness.app.get(RecordingSubscriber);
    mails.act = () => held;
    harness.send(OrderConfirmed, orderConfirmed());
    await eventually(() => expect(mails.attempts).toHaveLength(1));
  });
  afterAll(() => harness.close());

  it('cuts off its transaction, and its message is delivered again, without costing an attempt', async () => {
    const started = performance.now();
    await harness.app.close();
    expect(performance.now() - started).toBeLessThan(9_000);
    release();
    await eventually(() => expect(harness.log.join('\n')).toContain('is delivered again by the broker'));
    await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(1));
    expect(await harness.waiting(`${QUEUE}.retry.1000`)).toBe(0);
    expect(await harness.take(QUEUE)).toMatchObject({ fields: { redelivered: true } });
    expect(await harness.database.query('select * from inbox')).toEqual([]);
  });
});
