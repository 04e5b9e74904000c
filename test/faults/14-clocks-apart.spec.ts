import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { eventually } from '../../infra/eventually';
import { remark } from '../support/shop/figures';
import { killAt } from '../support/faults/kill-at';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { anOrder, type Order } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

const DAY_MS = 86_400_000;

const DAYS_AHEAD: Readonly<Record<string, number>> = { 'order-api': 1, inventory: -1, email: 1, sms: -1 };

/** The variables of a service whose clock is so many days ahead. It logs more than problems: its log tells its time. */
const daysAhead = (days: number) => ({
  LOG_LEVEL: 'info',
  NODE_OPTIONS: `--require=${resolve('test/support/faults/shifted-clock.js')}`,
  CLOCK_OFFSET_MS: String(days * DAY_MS),
});

describe('Fault 14: the clocks of the services are two days apart', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    const env = Object.fromEntries(
      Object.entries(DAYS_AHEAD).map(([service, days]) => [service, daysAhead(days)]),
    );
    shop = closing(await Shop.open({ mailServer, env }));
  });

  const inventory = () => shop.suite.services.get('inventory');
  const secondsSince = (start: number): number => (performance.now() - start) / 1_000;
  /** An order with one event for the time being. */
  const placeUndecided = async (): Promise<Order> => {
    await inventory().stop();
    return shop.placeOrder({ KAZOO: 1 });
  };
  const untilMailed = (order: Order, within: number): Promise<void> =>
    eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(1), { within });

  /** The time in the first line of its log, which it has written at its start. */
  const clockOf = (service: string): number => {
    const [line = ''] = readFileSync(join(shop.suite.id, 'logs', `${service}.log`), 'utf8').split('\n', 1);
    const { time }: { time: number } = JSON.parse(line);
    return time;
  };

  it.each(Object.entries(DAYS_AHEAD))('the clock of %s is ahead by days: %d', (service, days) => {
    expect((clockOf(service) - Date.now()) / DAY_MS).toBeCloseTo(days, 1);
  });

  it('an order has the time of the order API', async () => {
    const { createdAt } = await shop.placeOrder({ KAZOO: 1 });
    expect((Date.parse(createdAt) - Date.now()) / DAY_MS).toBeCloseTo(1, 1);
  });

  it('orders flow', async () => {
    await underLoad(shop, () => Promise.resolve());
    expect(await invariant(shop, { within: 120_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
  }, 300_000);

  it('the ladder keeps its steps: a mail and a text that fail twice are sent after 6 s', async () => {
    mailServer.breakWith({ kind: 'error', code: 451, times: 2 });
    await shop.gateway.breakWith({ kind: 'error', status: 500, times: 2 });
    const placed = performance.now();
    const order = await placeUndecided();
    const untilTexted = eventually(async () => expect(await shop.textsOf(order)).toHaveLength(1), {
      within: 20_000,
    });
    const took = await Promise.all(
      [untilMailed(order, 20_000), untilTexted].map((told) => told.then(() => secondsSince(placed))),
    );
    for (const seconds of took) {
      expect(seconds).toBeGreaterThan(5.9);
      expect(seconds).toBeLessThan(15);
    }
    await inventory().start();
    await invariant(shop);
  });

  it('a lease ends by the clock of the database: a mail that a killed process was sending is sent after 30 s', async () => {
    const email = shop.suite.services.get('email');
    mailServer.breakWith({ kind: 'hang', times: 1 });
    const order = await placeUndecided();
    await eventually(() => mailServer.struck === 1, { within: 10_000 });
    const taken = performance.now();
    await email.kill();
    // Two days behind the process that took the lease.
    Object.assign(shop.env.email ?? {}, daysAhead(-1));
    await email.start();
    await untilMailed(order, 60_000);
    const seconds = secondsSince(taken);
    expect(seconds).toBeGreaterThan(28);
    remark(`the mail that a killed process was sending went out after ${seconds.toFixed(1)} s (lease: 30 s)`);
    await inventory().start();
    expect(await invariant(shop)).toMatchObject({ lost: 0, repeated: 0 });
  });

  it('so does the lease of a relay: what a killed relay had leased is published when its 15 s are over', async () => {
    const kill = () => killAt(shop, 'order-api', 'before-commit 1 delete from outbox');
    await underLoad(shop, kill, { orders: 1, customers: 1, thinksMs: 300 });
    const oldest =
      'select extract(epoch from available_at - now()) as left from outbox order by position limit 1';
    const [row] = await shop.databases.rows<{ left: string }>('orders', oldest);
    const left = Number(row?.left);
    const since = performance.now();
    const waiting = () => shop.databases.count('orders', 'select count(*) from outbox');
    await eventually(async () => expect(await waiting()).toBe(0), { within: 30_000 });
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(15);
    expect(secondsSince(since)).toBeGreaterThan(left - 1);
    expect(await invariant(shop)).toMatchObject({ lost: 0, repeated: 0 });
  });

  it('an Idempotency-Key is remembered', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const order = anOrder({ KAZOO: 1 });
    const [first, second] = [await shop.ask(order, key), await shop.ask(order, key)];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    await invariant(shop);
  });
});
