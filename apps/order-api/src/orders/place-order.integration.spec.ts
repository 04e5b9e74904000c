import { DatabaseUnavailable, Overloaded } from '@app/persistence';
import { runInContext } from '@app/service';
import { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Registry } from 'prom-client';
import { Scrape } from '../../../../test/support/scrape';
import { TestDatabase } from '../../../../test/support/test-database';
import { eventually } from '../../../../infra/eventually';
import { TcpProxy } from '../../../../test/support/tcp-proxy';
import { Idempotency } from '../idempotency/idempotency';
import { OrderApiModule } from '../order-api.module';
import { UnknownProducts } from '../products/unknown-products.error';
import { OrderWithHistory } from './order';
import { PlaceOrder } from './place-order';
import { PlaceOrderDto } from './place-order.dto';
import { PlaceOrderOnce } from './place-order-once';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-';

/** Statements that wait for another transaction's lock. */
const WAITING = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

interface Written {
  id: string;
  /** The transactions that have written the order and its event. */
  placed_by: string;
  announced_by: string | null;
  correlation_id: string | null;
  traceparent: string | null;
}

describe(PlaceOrder.name, () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let app: INestApplicationContext;
  let sut: PlaceOrder;

  beforeAll(async () => {
    database = await TestDatabase.create();
    proxy = await TcpProxy.to(database.url);
    Object.assign(process.env, {
      PORT: '3000',
      LOG_LEVEL: 'silent',
      // No broker listens there, so events stay in the outbox.
      RABBITMQ_URL: 'amqp://guest:guest@127.0.0.1:1',
      DATABASE_URL: proxy.through(database.url),
    });
    app = await NestFactory.createApplicationContext(OrderApiModule, { logger: false, abortOnError: false });
    sut = app.get(PlaceOrder);
  });

  beforeEach(() => database.query('truncate orders, order_history, outbox, idempotency_keys'));

  afterAll(async () => {
    await app.close();
    proxy.close();
    await database.drop();
  });

  const placeAs = (correlationId: string, dto = orderFor()): Promise<OrderWithHistory> =>
    runInContext({ correlationId, traceparent: traceOf(correlationId) }, () => sut.execute(dto));
  const place = (count: number) => Array.from({ length: count }, (_, index) => placeAs(`request-${index}`));
  const written = () =>
    database.query<Written>(`
      select orders.id, orders.xmin::text as placed_by, outbox.xmin::text as announced_by,
             correlation_id, headers ->> 'traceparent' as traceparent
      from orders left join outbox on outbox.body::json ->> 'subject' = orders.id::text
      order by orders.id`);
  const count = async (table: string) => (await database.query(`select from ${table}`)).length;
  /** Resolves once so many statements wait for a lock. */
  const untilWaiting = (statements: number) =>
    eventually(async () => (await database.query(WAITING)).length === statements);

  it('commits an order, its history and its event in one transaction', async () => {
    const order = await placeAs('request-1');
    expect(order).toMatchObject({ status: 'pending', version: 1, total: { amount: 1998, currency: 'EUR' } });
    const [row] = await written();
    expect(row).toMatchObject({ id: order.id, announced_by: row?.placed_by });
    const history = 'select order_id, version, status, at, xmin::text as noted_by from order_history';
    const at = new Date(order.createdAt);
    expect(await database.query(history)).toEqual([
      { order_id: order.id, version: 1, status: 'pending', at, noted_by: row?.placed_by },
    ]);
  });

  it('commits the orders of 200 requests at once in a few transactions, each with its own event', async () => {
    const orders = await Promise.all(place(200));
    const rows = await written();
    expect(rows.map(({ id }) => id)).toEqual(orders.map(({ id }) => id).sort());
    for (const { placed_by, announced_by } of rows) expect(announced_by).toBe(placed_by);
    expect(new Set(rows.map(({ placed_by }) => placed_by)).size).toBeLessThanOrEqual(10);
    expect(await count('order_history')).toBe(200);
  });

  it('keeps the context of each request with its event', async () => {
    const orders = await Promise.all(place(50));
    const contexts = new Map((await written()).map((row) => [row.id, row]));
    for (const [index, { id }] of orders.entries()) {
      const correlation_id = `request-${index}`;
      expect(contexts.get(id)).toMatchObject({ correlation_id, traceparent: traceOf(correlation_id) });
    }
  });

  it.each<[what: string, dto: PlaceOrderDto, error: unknown]>([
    ['the catalogue does not have it', orderFor('UNICORN'), expect.any(UnknownProducts)],
    [
      'the database cannot store it',
      orderFor('RUBBER-CHICKEN', 'a\0b'),
      expect.objectContaining({ code: '22P05' }),
    ],
  ])('refuses one order without its neighbours: %s', async (_, bad, error) => {
    const outcomes = await Promise.allSettled([...place(5), placeAs('bad', bad), ...place(5)]);
    const refused = outcomes.flatMap((outcome): unknown[] =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(refused).toEqual([error]);
    expect(outcomes[5]?.status).toBe('rejected');
    expect(await count('orders')).toBe(10);
    expect(await count('outbox')).toBe(10);
  });

  it('counts an order once it is committed, and none that is not', async () => {
    const scraped = () => Scrape.from(app.get(Registry));
    const age = async () => (await scraped()).sum('orders_pending_oldest_age_seconds');
    const { pending: before = 0 } = (await scraped()).by('status', 'orders_total');
    await Promise.allSettled([...place(5), placeAs('bad', orderFor('RUBBER-CHICKEN', 'a\0b')), ...place(5)]);
    const scrape = await scraped();
    expect(scrape.by('status', 'orders_total')).toEqual({ pending: before + 10 });
    expect(scrape.sum('orders_pending')).toBe(10);
    await database.query(`
      update orders set waiting_since = now() - interval '1 hour'
      where id = (select id from orders order by id limit 1)`);
    const oldest = (await age()) ?? -1;
    expect(oldest).toBeGreaterThan(3_599);
    expect(oldest).toBeLessThan(3_660);
    await eventually(async () => expect(await age()).toBeGreaterThan(oldest));
  });

  it.each<[what: string, table: string, lockedSeconds: number, waitedMs: number]>([
    ['its prices', 'products', 3, 1_000],
    ['its transaction', 'orders', 4, 2_000],
  ])(
    'refuses an order that would have to wait too long for %s, and never places it',
    async (_, table, lockedSeconds, waitedMs) => {
      await database.lock(table, lockedSeconds);
      const first = placeAs('request-1');
      await untilWaiting(1);
      const second = placeAs('request-2');
      await untilWaiting(2);
      const third = placeAs('request-3');
      await expect(third).rejects.toThrow(Overloaded);
      await expect(third).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5, waitedMs });
      // In a queue, a third that was left in it would be placed no later than the fourth.
      const placed = [...(await Promise.all([first, second])), await placeAs('request-4')];
      expect((await written()).map(({ id }) => id)).toEqual(placed.map(({ id }) => id).sort());
    },
  );

  it('refuses all orders of a group whose connection is lost, and leaves nothing of them', async () => {
    await database.lock('orders', 2);
    const orders = Promise.allSettled(place(20));
    await untilWaiting(1);
    proxy.cut();
    for (const outcome of await orders) {
      expect(outcome).toEqual({ status: 'rejected', reason: expect.any(DatabaseUnavailable) });
    }
    proxy.restore();
    await untilWaiting(0);
    await eventually(() => sut.execute(orderFor()).then(() => true));
    expect(await written()).toHaveLength(1);
    expect(await count('outbox')).toBe(1);
  });

  it('refuses orders for a while when the disk of the database is full', async () => {
    await database.query(`
      create function disk_full() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100'; end $$;
      create trigger disk_full after insert on orders execute function disk_full()`);
    for (const outcome of await Promise.allSettled(place(3))) {
      expect(outcome).toMatchObject({ reason: { kind: 'unavailable', retryAfterSeconds: 5 } });
    }
    await database.query('drop trigger disk_full on orders');
    await expect(placeAs('request-1')).resolves.toMatchObject({ status: 'pending' });
  });

  it('keeps a transaction of its own for each idempotency key', async () => {
    const once = app.get(PlaceOrderOnce);
    const keys = ['key-1', 'key-2'];
    const [answers] = await Promise.all([
      Promise.all(keys.map((key) => once.execute(orderFor(), key))),
      Promise.all(place(10)),
    ]);
    const claimed = await database.query<{ key: string; xmin: string }>(
      'select key, xmin::text from idempotency_keys order by key',
    );
    const rows = await written();
    for (const [index, { answer }] of answers.entries()) {
      const { placed_by } = rows.find(({ id }) => id === answer.id) ?? {};
      expect(claimed[index]).toEqual({ key: keys[index], xmin: placed_by });
      expect(rows.filter((row) => row.placed_by === placed_by)).toHaveLength(1);
    }
    await expect(once.execute(orderFor(), 'key-1')).resolves.toEqual({ ...answers[0], replayed: true });
  });

  it('forgets an idempotency key after 24 hours, and not before', async () => {
    for (const [key, age] of Object.entries({ old: '24 hours 1 minute', young: '23 hours 59 minutes' })) {
      await app.get(PlaceOrderOnce).execute(orderFor(), key);
      const ageing = 'update idempotency_keys set created_at = now() - $2::interval where key = $1';
      await database.query(ageing, [key, age]);
    }
    await app.get(Idempotency).forgetOld();
    await expect(database.query('select key from idempotency_keys')).resolves.toEqual([{ key: 'young' }]);
  });
});

function orderFor(sku = 'RUBBER-CHICKEN', name = 'Ada Lovelace'): PlaceOrderDto {
  return {
    customer: { name, email: 'ada@example.com', phone: '+15558675310' },
    lines: [{ sku, quantity: 2 }],
  };
}

/** A trace of its own for each request. */
const traceOf = (correlationId: string): string =>
  `${TRACE}${Buffer.from(correlationId).toString('hex').slice(-16).padStart(16, '1')}-01`;
