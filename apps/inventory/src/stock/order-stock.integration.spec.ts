import { ORDER_EVENTS, OrderCancelled, OrderCreated, OrderOverdue } from '@app/contracts';
import { Alerts, type ReceivedEvent } from '@app/messaging';
import { Database } from '@app/persistence';
import { currentContext } from '@app/service';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { SeededRandom } from '../../../../test/support/faults/seeded-random';
import { eventually } from '../../../../infra/eventually';
import { latch, MessagingHarness } from '../../../../test/support/messaging-harness';
import { stockMigration } from '../migrations/0003-stock';
import { shortagesMigration } from '../migrations/0005-shortages';
import { AllocateStock } from './allocate-stock';
import { OrderStock } from './order-stock.subscriber';
import { Reservations } from './reservations';
import { Stock } from './stock';
import { StockNews } from './stock-news';

type OrderEvent = ReceivedEvent<typeof OrderCreated | typeof OrderCancelled | typeof OrderOverdue>;
type Wish = Readonly<Record<string, number>>;

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const customer = { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' };
const total = { amount: 0, currency: 'EUR' };
const at = '2026-03-01T12:00:00.000Z';

/** Each event comes from work of its own. */
const envelope = () => {
  const id = randomUUID();
  return { id, context: { correlationId: `cause of ${id}`, traceparent: TRACEPARENT } };
};
const created = (orderId: string, wish: Wish): OrderEvent => ({
  ...envelope(),
  type: OrderCreated.type,
  data: {
    orderId,
    version: 1,
    customer,
    total,
    createdAt: at,
    lines: Object.entries(wish).map(([sku, quantity]) => ({ sku, quantity, name: sku, unitPrice: total })),
  },
});
const cancelled = (orderId: string): OrderEvent => ({
  ...envelope(),
  type: OrderCancelled.type,
  data: { orderId, version: 2, customer, total, at },
});
const overdue = (orderId: string, wish: Wish): OrderEvent => ({
  ...envelope(),
  type: OrderOverdue.type,
  data: {
    orderId,
    version: 1,
    at,
    lines: Object.entries(wish).map(([sku, quantity]) => ({ sku, quantity })),
  },
});

interface Row {
  readonly order_id: string;
  readonly status: string;
  readonly lines: { sku: string; quantity: number }[];
}

describe(OrderStock.name, () => {
  let harness: MessagingHarness;
  let database: Database;
  let sut: OrderStock;

  // Nothing takes the events out of the outbox.
  beforeAll(async () => {
    const handlers = [OrderStock, AllocateStock, Reservations, Stock, StockNews];
    const listensTo = ORDER_EVENTS;
    harness = await MessagingHarness.boot({ service: 'inventory', listensTo, handlers, withoutBroker: true });
    database = harness.app.get(Database);
    sut = harness.app.get(OrderStock);
    await stockMigration.up(database.query);
    await shortagesMigration.up(database.query);
  });
  afterAll(() => harness.close());
  beforeEach(() => harness.database.query('truncate stock, reservations, outbox'));

  const stock = (onHand: Wish, lowThreshold = 0) =>
    harness.database.query(
      `insert into stock (sku, on_hand, low_threshold) select key, value::int, $2 from json_each_text($1)`,
      [JSON.stringify(onHand), lowThreshold],
    );
  const handle = (...events: readonly OrderEvent[]) => database.transaction(() => sut.changed(events));
  const reservedOf = async () => {
    const rows = await harness.database.query<{ sku: string; reserved: number }>(
      'select sku, reserved from stock order by sku',
    );
    return Object.fromEntries(rows.map(({ sku, reserved }) => [sku, reserved]));
  };
  const reservations = () =>
    harness.database.query<Row>(
      'select order_id, status, lines, shortages from reservations order by order_id',
    );
  const statusOf = async (orderId: string) =>
    (await reservations()).find(({ order_id }) => order_id === orderId)?.status;
  /** What waits to be published: `stock.reserved`, its data without its time, and whose work it comes from. */
  const told = async () => {
    const rows = await harness.database.query<{ type: string; data: object; correlation_id: string }>(
      `select routing_key as type, body::jsonb -> 'data' as data, correlation_id from outbox order by position`,
    );
    return rows.map(({ type, data, correlation_id }) => [type, { ...data, at: undefined }, correlation_id]);
  };

  it('answers for each event that it is done, whatever becomes of its order', async () => {
    await stock({ KAZOO: 1 });
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    const outcomes = handle(created(a, { KAZOO: 1 }), created(b, { KAZOO: 1 }), cancelled(c), cancelled(a));
    await expect(outcomes).resolves.toEqual(['done', 'done', 'done', 'done']);
    expect(await Promise.all([a, b, c].map(statusOf))).toEqual(['released', 'rejected', 'cancelled']);
    await expect(reservedOf()).resolves.toEqual({ KAZOO: 0 });
  });

  it('tells in the order of arrival, and each time in the context of the event that was the cause', async () => {
    await stock({ KAZOO: 2 });
    const [a, b] = [randomUUID(), randomUUID()];
    const events = [created(a, { KAZOO: 2 }), created(b, { KAZOO: 1 }), cancelled(a)];
    await handle(...events);
    const [first, second, third] = events.map(({ context }) => context.correlationId);
    const lines = [{ sku: 'KAZOO', quantity: 2 }];
    const short = [{ sku: 'KAZOO', quantity: 1 }];
    await expect(told()).resolves.toEqual([
      ['stock.reserved', { orderId: a, lines }, first],
      ['stock.rejected', { orderId: b, lines: short, shortages: [{ ...short[0], available: 0 }] }, second],
      ['stock.released', { orderId: a, lines }, third],
    ]);
  });

  it('tells an overdue order again what was decided, with the shortages of then, and reserves nothing twice', async () => {
    await stock({ KAZOO: 3 });
    const [a, b] = [randomUUID(), randomUUID()];
    await handle(created(a, { KAZOO: 2 }), created(b, { KAZOO: 2 }));
    const before = await told();
    await harness.database.query(`truncate outbox; update stock set on_hand = 9`);
    await handle(overdue(a, { KAZOO: 2 }), overdue(b.toUpperCase(), { KAZOO: 2 }));
    const withoutCause = (news: Awaited<ReturnType<typeof told>>) => news.map(([type, data]) => [type, data]);
    expect(withoutCause(await told())).toEqual(withoutCause(before));
    await expect(reservedOf()).resolves.toEqual({ KAZOO: 2 });
  });

  it('decides an overdue order whose creation never came', async () => {
    await stock({ KAZOO: 3 });
    const id = randomUUID();
    await handle(overdue(id, { KAZOO: 2 }));
    expect((await told()).map(([type]) => type)).toEqual(['stock.reserved']);
    await handle(created(id, { KAZOO: 2 }));
    await expect(reservedOf()).resolves.toEqual({ KAZOO: 2 });
  });

  it('says of an order that was rejected before shortages were kept that there was nothing', async () => {
    await stock({ KAZOO: 3 });
    const id = randomUUID();
    const lines = [{ sku: 'KAZOO', quantity: 9 }];
    const old = `insert into reservations (order_id, status, lines) values ($1, 'rejected', $2)`;
    await harness.database.query(old, [id, JSON.stringify(lines)]);
    await handle(overdue(id, { KAZOO: 9 }));
    const [news] = await told();
    expect(news?.slice(0, 2)).toEqual([
      'stock.rejected',
      { orderId: id, lines, shortages: [{ ...lines[0], available: 0 }] },
    ]);
  });

  it('tells customers and operators once when a product gets low in the middle of a batch', async () => {
    await stock({ KAZOO: 5 }, 4);
    const causes: unknown[] = [];
    const raise = jest
      .spyOn(harness.app.get(Alerts), 'raise')
      .mockImplementation(() => causes.push(currentContext()?.correlationId));
    const events = [1, 2, 3, 4].map(() => created(randomUUID(), { KAZOO: 1 }));
    await handle(...events);
    const low = (await told()).filter(([type]) => type === 'stock.low');
    const cause = events[1]?.context.correlationId;
    expect(low).toEqual([['stock.low', { sku: 'KAZOO', available: 3, threshold: 4 }, cause]]);
    expect(raise).toHaveBeenCalledWith('warning', 'STOCK_LOW', 'KAZOO: 3 left, fewer than 4');
    expect(causes).toEqual([cause]);
    raise.mockRestore();
  });

  it('knows an order by its id, however that is written', async () => {
    await stock({ KAZOO: 5 });
    const id = randomUUID();
    await handle(created(id.toUpperCase(), { KAZOO: 2 }), created(id, { KAZOO: 2 }));
    await handle(created(id.toUpperCase(), { KAZOO: 2 }));
    await expect(reservedOf()).resolves.toEqual({ KAZOO: 2 });
    await handle(cancelled(id.toUpperCase()));
    await expect(reservedOf()).resolves.toEqual({ KAZOO: 0 });
  });

  it('leaves no trace when the transaction is rolled back', async () => {
    await stock({ KAZOO: 5 });
    const work = database.transaction(async () => {
      await sut.changed([created(randomUUID(), { KAZOO: 2 })]);
      throw new Error('later');
    });
    await expect(work).rejects.toThrow('later');
    expect([await reservedOf(), await reservations(), await told()]).toEqual([{ KAZOO: 0 }, [], []]);
  });

  it('could not reserve more than there is even if it tried: the database refuses it', async () => {
    await stock({ KAZOO: 1 });
    const oversell = harness.database.query('update stock set reserved = 2');
    await expect(oversell).rejects.toMatchObject({ code: '23514' });
    await expect(reservedOf()).resolves.toEqual({ KAZOO: 0 });
  });

  it('has the same effects for a batch as for its events one by one', async () => {
    const ids = Array.from({ length: 6 }, () => randomUUID());
    const wish = fc.dictionary(fc.constantFrom('KAZOO', 'YO-YO', 'UNICORN'), fc.integer({ min: 1, max: 4 }), {
      minKeys: 1,
    });
    const order = fc.constantFrom(...ids);
    const event = fc.oneof(
      fc.tuple(order, wish).map(([id, one]) => created(id, one)),
      order.map(cancelled),
      fc.tuple(order, wish).map(([id, one]) => overdue(id, one)),
    );
    const given = fc.record({
      onHand: fc.record({ KAZOO: fc.nat(9), 'YO-YO': fc.nat(9) }),
      low: fc.nat(9),
      before: fc.array(event, { maxLength: 4 }),
      batch: fc.array(event, { minLength: 2, maxLength: 15 }),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ onHand, low, before, batch }) => {
        const effectsOf = async (work: () => Promise<unknown>) => {
          await harness.database.query('truncate stock, reservations, outbox');
          await stock(onHand, low);
          for (const one of before) await handle(one);
          await work();
          return { reserved: await reservedOf(), reservations: await reservations(), told: await told() };
        };
        const together = await effectsOf(() => handle(...batch));
        const oneByOne = await effectsOf(async () => {
          for (const one of batch) await handle(one);
        });
        expect(together).toEqual(oneByOne);
      }),
      { numRuns: 20 },
    );
  });

  describe('of several replicas at once', () => {
    const random = new SeededRandom(7);
    const skus = Array.from({ length: 12 }, (_, index) => `SKU-${index}`);
    const wish = (): Wish => {
      const wanted = random.shuffled(skus).slice(0, 4);
      return Object.fromEntries(wanted.map((sku): [string, number] => [sku, random.between(1, 3)]));
    };
    const someIds = () => Array.from({ length: 20 }, () => randomUUID()).sort();
    const middleOf = (ids: readonly string[]) => ids[ids.length / 2];
    /** Orders and cancellations, in any order. */
    const news = (ids: readonly string[], share: number): OrderEvent[] =>
      random.shuffled(ids).map((id) => (random.next() < share ? created(id, wish()) : cancelled(id)));

    const blocked = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    /** Handles the batches at once. Another transaction has a row in the middle locked until all wait, with some of their rows locked. */
    const atOnce = async (row: RawBuilder<unknown>, batches: readonly OrderEvent[][]): Promise<unknown[]> => {
      const begun = latch();
      const { held, release } = latch();
      const holder = database.transaction(async () => {
        await row.execute(database.query);
        begun.release();
        await held;
      });
      await Promise.race([begun.held, holder]);
      const handled = Promise.allSettled(batches.map((events) => handle(...events)));
      await eventually(async () =>
        expect(await harness.database.query(blocked)).toHaveLength(batches.length),
      ).finally(release);
      await holder;
      return (await handled).filter(({ status }) => status === 'rejected');
    };

    const ROUNDS: Readonly<Record<string, () => Promise<unknown[]>>> = {
      'the same new orders': async () => {
        const ids = someIds();
        const row = sql`insert into reservations values (${middleOf(ids)}, 'cancelled', '[]')`;
        return atOnce(row, [news(ids, 0.7), news(ids, 0.7), news(ids, 0.7)]);
      },
      'the same orders of before': async () => {
        const ids = someIds();
        await handle(...news(ids, 1));
        const row = sql`select 1 from reservations where order_id = ${middleOf(ids)} for update`;
        return atOnce(row, [news(ids, 0.3), news(ids, 0.3), news(ids, 0.3)]);
      },
      'the same products': async () => {
        const row = sql`select 1 from stock where sku = ${middleOf(skus)} for update`;
        return atOnce(row, [news(someIds(), 0.9), news(someIds(), 0.9), news(someIds(), 0.9)]);
      },
    };

    it.each(Object.entries(ROUNDS))('%s never wait in a circle, and the stock adds up', async (_, round) => {
      await stock(Object.fromEntries(skus.map((sku) => [sku, 100])));
      for (let count = 0; count < 15; count += 1) expect(await round()).toEqual([]);

      const held = Object.fromEntries(skus.map((sku) => [sku, 0]));
      const rows = (await reservations()).filter(({ status }) => status === 'reserved');
      for (const { sku, quantity } of rows.flatMap(({ lines }) => lines))
        held[sku] = (held[sku] ?? 0) + quantity;
      expect(rows.length).toBeGreaterThan(0);
      await expect(reservedOf()).resolves.toEqual(held);
    });
  });
});
