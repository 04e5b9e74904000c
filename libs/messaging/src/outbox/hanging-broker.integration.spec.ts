import { OrderConfirmed } from '@app/contracts';
import { Outbox } from './outbox';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { BrokerUnavailable, CONFIRM_TIMEOUT_MS, Publisher } from '@app/amqp';

const MARGIN_MS = 3_000;

describe('a broker that no longer answers, and closes nothing', () => {
  let harness: MessagingHarness;
  let publisher: Publisher;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'order-api' });
    publisher = harness.app.get(Publisher);
    await eventually(() => publisher.isAvailable);
    // The relay has looked at the queues, and would publish.
    await harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
    await eventually(async () => expect(await harness.waiting('email.order_events')).toBe(1));
    await eventually(async () => expect(await rows()).toEqual([]));
  });
  afterAll(() => harness.close());

  const rows = () => harness.database.query('select attempts, last_error from outbox');

  it('lets a publish wait for the confirm timeout, and no longer; the outbox keeps its event and counts no attempt', async () => {
    harness.broker.freeze();
    await harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
    const started = performance.now();
    const message = {
      exchange: 'order_events',
      routingKey: 'order.confirmed',
      content: Buffer.from('?'),
      properties: { messageId: '1' },
    };
    await expect(publisher.publish(message)).rejects.toThrow(BrokerUnavailable);
    const waited = performance.now() - started;
    expect(waited).toBeGreaterThan(CONFIRM_TIMEOUT_MS - 1_000);
    expect(waited).toBeLessThan(CONFIRM_TIMEOUT_MS + MARGIN_MS);
    await eventually(async () =>
      expect(await harness.database.query('select 1 from outbox where available_at <= now()')).toHaveLength(
        1,
      ),
    );
    await expect(rows()).resolves.toEqual([{ attempts: 0, last_error: null }]);
  });

  it('gets the event once it answers again', async () => {
    harness.broker.restore();
    await eventually(async () => expect(await rows()).toEqual([]), { within: 10_000 });
    await expect(harness.waiting('email.order_events')).resolves.toBeGreaterThanOrEqual(2);
  });
});
