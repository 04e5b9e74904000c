import { INVENTORY_EVENTS, StockRejected, StockReserved } from '@app/contracts';
import type { ReceivedEvent } from '@app/messaging';
import { Database } from '@app/persistence';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { eventually } from '../../../../infra/eventually';
import { SeededRandom } from '../../../../test/support/faults/seeded-random';
import { latch, MessagingHarness } from '../../../../test/support/messaging-harness';
import { ordersMigration } from '../migrations/0004-orders';
import { CancelOrder } from './cancel-order';
import { DecideOrders, UnknownOrder } from './decide-orders';
import { OrderChanges } from './order-changes';
import { OrderMetrics } from './order-metrics';
import { Orders } from './orders';
import { StockDecisions } from './stock-decisions.subscriber';

type StockDecision = ReceivedEvent<typeof StockReserved | typeof StockRejected>;

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const customer = { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' };
const total = { amount: 1998, currency: 'EUR' };
const at = '2026-03-01T12:00:00.000Z';
const lines = [{ sku: 'KAZOO', quantity: 2 }];
const OUT_OF_STOCK = 'Out of stock: KAZOO (2 ordered, 1 available)';

/** Each event comes from work of its own. */
const envelope = () => {
  const id = randomUUID();
  return { id, context: { correlationId: `cause of ${id}`, traceparent: TRACEPARENT } };
};
const reserved = (orderId: string): StockDecision => ({
  ...envelope(),
  type: StockReserved.type,
  data: { orderId, lines, at },
});
const rejected = (orderId: string): StockDecision => ({
  ...envelope(),
  type: StockRejected.type,
  data: { orderId, lines, shortages: [{ sku: 'KAZOO', quantity: 2, available: 1 }], at },
});
const causeOf = ({ context }: StockDecision) => context.correlationId;

describe(StockDecisions.name, () => {
  let harness: MessagingHarness;
  let database: Database;
  let sut: StockDecisions;

  // Nothing takes the events out of the outbox.
  beforeAll(async () => {
    const handlers = [StockDecisions, DecideOrders, CancelOrder, OrderChanges, OrderMetrics, Orders];
    const listensTo = INVENTORY_EVENTS;
    harness = await MessagingHarness.boot({ service: 'order-api', listensTo, handlers, withoutBroker: true });
    database = harness.app.get(Database);
    sut = harness.app.get(StockDecisions);
    await ordersMigration.up(database.query);
  });
  afterAll(() => harness.close());
  beforeEach(() => harness.database.query('truncate orders, order_history, outbox'));

  /** So many pending orders. */
  const placed = async (count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    await harness.database.query(
      `with placed as (
         insert into orders (id, customer, lines, total) select id, $2, '[]', $3 from unnest($1::uuid[]) as id returning id
       ) insert into order_history (order_id, version, status) select id, 1, 'pending' from placed`,
      [ids, JSON.stringify(customer), JSON.stringify(total)],
    );
    return ids;
  };
  const handle = (...events: readonly StockDecision[]) => database.transaction(() => sut.decided(events));
  const cancel = (id: string) => harness.app.get(CancelOrder).execute(id);

  /** `confirmed 2`, by the order's row and by the last line of its history. */
  const stateOf = async (id: string) => {
    const [row] = await harness.database.query<{ state: string; noted: string; why: string }>(
      `select orders.status || ' ' || orders.version as state, last.status || ' ' || last.version as noted,
         coalesce(': ' || last.reason, '') as why
       from orders join order_history as last on last.order_id = orders.id
       where orders.id = $1 order by last.version desc limit 1`,
      [id],
    );
    expect(row?.noted).toBe(row?.state);
    return `${row?.state}${row?.why}`;
  };
  /** What waits to be published: its type, its data, and whose work it comes from. */
  const told = async () => {
    const rows = await harness.database.query<{ type: string; data: { at: string }; cause: string }>(
      `select routing_key as type, body::jsonb -> 'data' as data, correlation_id as cause from outbox order by position`,
    );
    return rows.map(({ type, data: { at: _at, ...data }, cause }) => ({ type, data, cause }));
  };

  it('brings pending orders to their next state, notes it, and tells it in the context of its event', async () => {
    const [one = '', other = ''] = await placed(2);
    const events = [rejected(other), reserved(one)];
    await expect(handle(...events)).resolves.toEqual(['done', 'done']);
    await expect(stateOf(one)).resolves.toBe('confirmed 2');
    await expect(stateOf(other)).resolves.toBe(`rejected 2: ${OUT_OF_STOCK}`);
    const news = { version: 2, customer, total };
    const [first, second] = events.map(causeOf);
    await expect(told()).resolves.toEqual([
      { type: 'order.rejected', data: { ...news, orderId: other, reason: OUT_OF_STOCK }, cause: first },
      { type: 'order.confirmed', data: { ...news, orderId: one }, cause: second },
    ]);
  });

  it('refuses the news of an order that is not known, and nothing of its neighbours', async () => {
    const ids = await placed(9);
    const stranger = randomUUID();
    const outcomes = await handle(...[...ids.slice(0, 4), stranger, ...ids.slice(4)].map(reserved));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(9);
    expect(outcomes[4]).toEqual({ refused: new UnknownOrder(stranger) });
    for (const id of ids) await expect(stateOf(id)).resolves.toBe('confirmed 2');
    expect(await told()).toHaveLength(9);
  });

  it('lets the first of two decisions on an order win', async () => {
    const [one = '', other = ''] = await placed(2);
    const events = [rejected(one), reserved(other), reserved(one.toUpperCase()), reserved(other)];
    await expect(handle(...events)).resolves.toEqual(['done', 'done', 'done', 'done']);
    await expect(stateOf(one)).resolves.toBe(`rejected 2: ${OUT_OF_STOCK}`);
    await expect(stateOf(other)).resolves.toBe('confirmed 2');
    expect((await told()).map(({ cause }) => cause)).toEqual(events.slice(0, 2).map(causeOf));
  });

  it('changes nothing that was decided or cancelled before', async () => {
    const [one = '', other = ''] = await placed(2);
    await handle(reserved(one));
    await cancel(other);
    await expect(handle(rejected(one), reserved(other))).resolves.toEqual(['done', 'done']);
    await expect(stateOf(one)).resolves.toBe('confirmed 2');
    await expect(stateOf(other)).resolves.toBe('cancelled 2');
    expect((await told()).map(({ type }) => type)).toEqual(['order.confirmed', 'order.cancelled']);
  });

  const blocked = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  /** Does the work while another transaction changes an order. It commits once so many wait for that. */
  const during = async <T>(
    change: () => Promise<unknown>,
    waiting: number,
    work: () => Promise<T>,
  ): Promise<T> => {
    const begun = latch();
    const { held, release } = latch();
    const changing = database.transaction(async () => {
      await change();
      begun.release();
      await held;
    });
    await Promise.race([begun.held, changing]);
    const done = work();
    await eventually(async () => expect(await harness.database.query(blocked)).toHaveLength(waiting)).finally(
      release,
    );
    await changing;
    return done;
  };

  it('waits for a cancellation that is under way, and obeys it', async () => {
    const [one = '', other = ''] = await placed(2);
    const outcomes = during(
      () => cancel(one),
      1,
      () => handle(reserved(one), reserved(other)),
    );
    await expect(outcomes).resolves.toEqual(['done', 'done']);
    await expect(stateOf(one)).resolves.toBe('cancelled 2');
    await expect(stateOf(other)).resolves.toBe('confirmed 2');
    expect((await told()).map(({ type }) => type).sort()).toEqual(['order.cancelled', 'order.confirmed']);
  });

  it('never waits in a circle when replicas have the same orders at once, and decides each once', async () => {
    const random = new SeededRandom(7);
    for (let round = 0; round < 15; round += 1) {
      const ids = (await placed(20)).sort();
      const row = sql`select 1 from orders where id = ${ids[10]} for update`;
      const batch = () =>
        random.shuffled(ids).map((id) => (random.next() < 0.5 ? reserved(id) : rejected(id)));
      const results = await during(
        () => row.execute(database.query),
        3,
        () => Promise.allSettled([batch(), batch(), batch()].map((events) => handle(...events))),
      );
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
    const states = 'select distinct status, version from orders order by status';
    await expect(harness.database.query(states)).resolves.toEqual([
      { status: 'confirmed', version: 2 },
      { status: 'rejected', version: 2 },
    ]);
    expect(await told()).toHaveLength(15 * 20);
  });
});
