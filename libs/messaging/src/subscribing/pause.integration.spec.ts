import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Database, DatabaseUnavailable } from '@app/persistence';
import { Readiness } from '@app/service';
import { eventually } from '../../../../test/support/eventually';
import { Mails } from '../../../../test/support/mails';
import { latch, MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { Subscription } from './subscription';

const QUEUE = 'email.order_events';
const LADDER_MS = [100, 200];

describe(Subscription.name, () => {
  let harness: MessagingHarness;
  let mails: Mails;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [Mails],
      environment: { RETRY_DELAYS_MS: LADDER_MS.join(',') },
    });
    mails = harness.app.get(Mails);
    await eventually(async () => expect(await harness.consumers(QUEUE)).toBe(1));
  });
  afterAll(() => harness.close());
  beforeEach(() => {
    mails.reset();
    harness.log.length = 0;
  });

  const isPausedWith = (messages: number) =>
    eventually(async () => {
      expect(await harness.consumers(QUEUE)).toBe(0);
      expect(await harness.waiting(QUEUE)).toBe(messages);
    });

  const handledOnce = (...orders: readonly OrderConfirmed[]) =>
    eventually(
      async () => {
        const ids = await harness.database.query<{ message_id: string }>('select message_id from inbox');
        const sent = orders.map(({ orderId }) => orderId);
        expect(ids.map(({ message_id }) => message_id)).toEqual(expect.arrayContaining(sent));
        expect(await harness.waiting(QUEUE)).toBe(0);
      },
      { within: 10_000 },
    );

  /** The message id is the order's, so that the inbox tells which orders were handled. */
  const send = (order: OrderConfirmed) => harness.send(OrderConfirmed, order, { messageId: order.orderId });

  it('gives back what it holds and consumes nothing while the database is away, and then handles it', async () => {
    harness.postgres.cut();
    const orders = Array.from({ length: 5 }, orderConfirmed);
    for (const order of orders) send(order);
    await isPausedWith(orders.length);
    expect(harness.log.join('\n')).toContain('the database is away: pausing for at least 1000 ms');
    await expect(harness.app.get(Readiness).report()).resolves.toMatchObject({
      checks: { database: 'down' },
    });
    harness.postgres.restore();
    await handledOnce(...orders);
    expect(mails.orderIds.sort()).toEqual(orders.map(({ orderId }) => orderId).sort());
  });

  it('stays paused for as long as the database is away, and says so once', async () => {
    const probes = jest.spyOn(harness.app.get(Database), 'ping');
    harness.postgres.cut();
    const order = orderConfirmed();
    send(order);
    await isPausedWith(1);
    await eventually(() => expect(probes.mock.calls.length).toBeGreaterThan(2));
    await isPausedWith(1);
    expect(harness.log.filter((line) => line.includes('The database is not available'))).toHaveLength(1);
    harness.postgres.restore();
    await handledOnce(order);
    expect(harness.log.join('\n')).toContain('The database is back.');
    probes.mockRestore();
  });

  it('gives back a message whose database goes away under the handler, and rolls its work back', async () => {
    const { held, release } = latch();
    mails.act = () => held;
    const order = orderConfirmed();
    send(order);
    await eventually(() => expect(mails.attempts).toHaveLength(1));
    harness.postgres.cut();
    release();
    await isPausedWith(1);
    harness.postgres.restore();
    await handledOnce(order);
    expect(mails.orderIds).toEqual([order.orderId, order.orderId]);
  });

  it('counts no attempt: the whole ladder is left for real failures', async () => {
    const order = orderConfirmed();
    mails.act = () =>
      Promise.reject(
        mails.attempts.length <= 2 ? new DatabaseUnavailable() : new Error('the mail server is down'),
      );
    send(order);
    await eventually(async () => expect(await harness.waiting(`${QUEUE}.dead`)).toBe(1), { within: 20_000 });
    expect(mails.attempts).toHaveLength(2 + LADDER_MS.length + 1);
    const letter = await harness.take(`${QUEUE}.dead`);
    expect(letter?.properties.headers).toMatchObject({ 'x-failed-attempts': LADDER_MS.length + 1 });
  });
});
