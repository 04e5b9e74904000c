import { OrderConfirmed } from '@app/contracts';
import { DatabaseUnavailable } from '@app/persistence';
import { Readiness } from '@app/service';
import { BACK, bootEmail, DEAD, type Email, QUEUE } from '../../../test/support/conformance/email';
import { DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { latch, orderConfirmed } from '../../../test/support/messaging-harness';
import { SETTING } from '../../../test/support/setting';

const LADDER_MS = [100, 200];

describe('A consumer whose database is away pauses, and loses nothing', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail({ environment: { RETRY_DELAYS_MS: LADDER_MS.join(',') } });
  });
  afterAll(() => email.harness.close());
  beforeEach(() => {
    email.mails.forget();
    email.harness.log.length = 0;
  });

  /** No other connection may look into an exclusive queue. */
  const isPausedWith = (messages: number) =>
    eventually(async () => {
      expect(await email.harness.consumerTags()).toEqual([]);
      if (SETTING.queues !== 'exclusive') expect(await email.harness.waiting(QUEUE)).toBe(messages);
    });

  /** The message id is the order's, so that the inbox tells which orders were handled. */
  const send = (order: OrderConfirmed) =>
    email.harness.send(OrderConfirmed, order, { messageId: order.orderId });

  const handled = (...orders: readonly OrderConfirmed[]) =>
    eventually(async () => {
      const ids = await email.harness.database.query<{ message_id: string }>('select message_id from inbox');
      const sent = orders.map(({ orderId }) => orderId);
      expect(ids.map(({ message_id }) => message_id)).toEqual(expect.arrayContaining(sent));
      if (SETTING.queues !== 'exclusive') expect(await email.harness.waiting(QUEUE)).toBe(0);
    }, BACK);

  it('gives back what it holds and consumes nothing meanwhile, and handles it afterwards', async () => {
    const { harness, mails } = email;
    harness.postgres.cut();
    const orders = Array.from({ length: 5 }, orderConfirmed);
    for (const order of orders) send(order);
    await isPausedWith(orders.length);
    expect(harness.log.join('\n')).toContain('pausing for at least 1000 ms: DATABASE_UNAVAILABLE');
    await expect(harness.app.get(Readiness).report()).resolves.toMatchObject({
      checks: { database: 'down' },
    });
    harness.postgres.restore();
    await handled(...orders);
    expect(mails.orderIds.sort()).toEqual(orders.map(({ orderId }) => orderId).sort());
  });

  it('handles once what is sent while it is paused', async () => {
    const { harness, mails } = email;
    harness.postgres.cut();
    const before = orderConfirmed();
    send(before);
    await isPausedWith(1);
    const meanwhile = orderConfirmed();
    send(meanwhile);
    harness.postgres.restore();
    await handled(before, meanwhile);
    expect(mails.orderIds.sort()).toEqual([before.orderId, meanwhile.orderId].sort());
  });

  it('gives back a message whose database goes away under the handler, and rolls its work back', async () => {
    const { harness, mails } = email;
    const { held, release } = latch();
    const order = orderConfirmed();
    mails.when(order.orderId, () => held);
    send(order);
    await eventually(() => expect(mails.attempts).toHaveLength(1));
    harness.postgres.cut();
    release();
    await isPausedWith(1);
    harness.postgres.restore();
    await handled(order);
    expect(mails.orderIds).toEqual([order.orderId, order.orderId]);
  });

  withQueues(DURABLE, () => {
    it('counts no attempt: the whole ladder is left for real failures', async () => {
      const { harness, mails } = email;
      const order = orderConfirmed();
      mails.when(order.orderId, (attempt) =>
        Promise.reject(attempt <= 2 ? new DatabaseUnavailable() : new Error('the mail server is down')),
      );
      send(order);
      await eventually(async () => expect(await harness.waiting(DEAD)).toBe(1), { within: 20_000 });
      expect(mails.attempts).toHaveLength(2 + LADDER_MS.length + 1);
      const letter = await harness.take(DEAD);
      expect(letter?.properties.headers).toMatchObject({ 'x-failed-attempts': LADDER_MS.length + 1 });
    });
  });
});
