import { CONFIRM_TIMEOUT_MS } from '@app/amqp';
import { OrderConfirmed } from '@app/contracts';
import { Database } from '@app/persistence';
import { runInContext } from '@app/service';
import { GetMessage } from 'amqplib';
import { sql } from 'kysely';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { PublishedExchanges } from './published-exchanges';
import { Outbox } from './outbox';
import { OutboxEntry } from './outbox-entry';
import { OutboxFloor } from './outbox-floor';
import { OutboxPublisher } from './outbox-publisher';
import { OutboxRelay } from './outbox-relay';
import { LEASE_MS, OutboxStore } from './outbox-store';
import { WakeUp } from './wake-up';

const QUEUE = 'email.order_events';
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const orderOf = ({ content }: GetMessage): string => {
  const event: { subject: string } = JSON.parse(content.toString());
  return event.subject;
};

/** Tells how many rows it has claimed. */
class CountedStore extends OutboxStore {
  claimed = 0;

  override async claim(exchange: string, limit: number): Promise<readonly OutboxEntry[]> {
    const entries = await super.claim(exchange, limit);
    this.claimed += entries.length;
    return entries;
  }
}

describe(OutboxRelay.name, () => {
  let harness: MessagingHarness;
  let outbox: Outbox;
  let database: Database;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'order-api',
      environment: { STATEMENT_TIMEOUT_MS: '500' },
    });
    outbox = harness.app.get(Outbox);
    database = harness.app.get(Database);
  });
  afterAll(() => harness.close());

  /** Adds an event, and whatever else, in one transaction. Resolves with the order's id. */
  const add = async (also: () => Promise<unknown> = () => Promise.resolve()): Promise<string> => {
    const order = orderConfirmed();
    await database.transaction(async () => {
      await outbox.add(OrderConfirmed, order);
      await also();
    });
    return order.orderId;
  };

  const rows = () =>
    harness.database.query('select event_id, attempts, last_error from outbox order by position');
  const outboxIsEmpty = () => eventually(async () => expect(await rows()).toEqual([]));

  /** The orders of the messages that have arrived in a queue; takes them out. */
  const ordersIn = async (queue = QUEUE): Promise<string[]> => {
    const orders: string[] = [];
    for (let taken = await harness.take(queue); taken; taken = await harness.take(queue))
      orders.push(orderOf(taken));
    return orders;
  };

  it('publishes an event of a committed transaction, to every queue, with its properties', async () => {
    const context = { correlationId: 'request-7', traceparent: TRACEPARENT, tracestate: 'vendor=1' };
    const orderId = await runInContext(context, () => add());
    await outboxIsEmpty();
    const message = await harness.take(QUEUE);
    const event = JSON.parse(String(message?.content));
    expect(event).toMatchObject({
      specversion: '1.0',
      type: 'order.confirmed',
      subject: orderId,
      source: '/order-api',
    });
    expect(message?.fields).toMatchObject({ exchange: 'order_events', routingKey: 'order.confirmed' });
    expect(message?.properties).toMatchObject({
      messageId: event.id,
      type: 'order.confirmed',
      appId: 'order-api',
      correlationId: 'request-7',
      contentType: 'application/cloudevents+json',
      deliveryMode: 2,
      headers: { currency: 'EUR', traceparent: TRACEPARENT, tracestate: 'vendor=1' },
    });
    expect(Math.abs(Number(message?.properties.timestamp) - Date.now() / 1_000)).toBeLessThan(30);
    for (const queue of ['inventory.order_events', 'sms.order_events'])
      await expect(ordersIn(queue)).resolves.toEqual([orderId]);
    await expect(ordersIn()).resolves.toEqual([]);
  });

  it('never publishes an event of a transaction that was rolled back', async () => {
    const refused = add(() => Promise.reject(new Error('out of stock')));
    await expect(refused).rejects.toThrow('out of stock');
    const orderId = await add();
    await outboxIsEmpty();
    await expect(ordersIn()).resolves.toEqual([orderId]);
  });

  it('wakes as soon as the transaction commits, and does not wait for its next poll', async () => {
    const took: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const started = performance.now();
      const orderId = await add();
      await eventually(async () => expect(await ordersIn()).toEqual([orderId]));
      took.push(performance.now() - started);
    }
    expect(took.sort((a, b) => a - b).at(4)).toBeLessThan(500);
  });

  it('takes over what a relay that was killed had leased, once its lease has ended', async () => {
    const leased = await add(() =>
      inTransaction(`update outbox set available_at = now() + interval '1 hour'`),
    );
    const free = await add();
    await eventually(async () => expect(await ordersIn()).toEqual([free]));
    await eventually(async () => expect(await rows()).toHaveLength(1));
    await harness.database.query('update outbox set available_at = now()');
    await outboxIsEmpty();
    await expect(ordersIn()).resolves.toEqual([leased]);
  });

  it('leases rows by the clock of the database, for longer than the broker may take to confirm them', async () => {
    const exchange = 'of_no_relay';
    await add(() => inTransaction(`update outbox set exchange = '${exchange}'`));
    await harness.app.get(OutboxStore).claim(exchange, 1);
    const lease = 'select extract(epoch from available_at - now())::float * 1000 as ms from outbox';
    const [row] = await harness.database.query<{ ms: number }>(lease);
    expect(row?.ms).toBeGreaterThan(CONFIRM_TIMEOUT_MS);
    expect(row?.ms).toBeLessThanOrEqual(LEASE_MS);
    await harness.database.query('delete from outbox');
  });

  it('lets an event wait alone that cannot be written, and says why', async () => {
    await add(() => inTransaction(`update outbox set correlation_id = repeat('x', 256)`));
    const orders = [await add(), await add(), await add()];
    await eventually(async () => expect(await rows()).toHaveLength(1));
    expect((await ordersIn()).sort()).toEqual(orders.sort());
    await eventually(async () =>
      expect(await rows()).toMatchObject([{ last_error: expect.stringContaining("'correlationId'") }]),
    );
    await harness.database.query('delete from outbox');
  });

  it('waits where its table is locked once the broker has confirmed, and publishes nothing again', async () => {
    const publisher = harness.app.get(OutboxPublisher);
    const publish = publisher.publishAll.bind(publisher);
    jest.spyOn(publisher, 'publishAll').mockImplementationOnce(async (...batch) => {
      const outcomes = await publish(...batch);
      await harness.database.lock('outbox', 1.5);
      return outcomes;
    });
    const orderId = await add();
    await outboxIsEmpty();
    await expect(ordersIn()).resolves.toEqual([orderId]);
  });

  it('publishes each event once, however many relays there are', async () => {
    const stores = [1, 2, 3].map(() => new CountedStore(database, new OutboxFloor(database)));
    const relays = stores.map(
      (store) =>
        new OutboxRelay(
          store,
          harness.app.get(PublishedExchanges),
          harness.app.get(OutboxPublisher),
          new WakeUp(),
        ),
    );
    const orders: string[] = [];
    await database.transaction(async () => {
      // All events are made between two statements, and inserted by one: either may take longer than this service allows.
      await sql`
        select set_config('idle_in_transaction_session_timeout', '0', true), set_config('statement_timeout', '0', true)`.execute(
        database.query,
      );
      for (let count = 0; count < 2_000; count += 1) orders.push(await add());
    });
    for (const relay of relays) relay.onApplicationBootstrap();
    await outboxIsEmpty();
    for (const relay of relays) await relay.beforeApplicationShutdown();
    expect((await ordersIn()).sort()).toEqual(orders.sort());
    for (const { claimed } of stores) expect(claimed).toBeGreaterThan(0);
  });

  /** Runs SQL in the service's own transaction, once that has inserted its events. */
  const inTransaction = (statement: string) => database.beforeCommit(raw, statement);
  const raw = (statements: readonly string[]) => sql.raw(statements.join('; '));
});
