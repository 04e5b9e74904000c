import { eventually } from '../../../infra/eventually';
import { recordFigures } from './figures';
import {
  countByOrder,
  deadAt,
  eventIdsOf,
  figuresOf,
  readOrderLedger,
  settledIds,
  type OrderLedger,
  type DeadLetters,
  type Figures,
} from './order-ledger';
import type { Order } from './order';
import type { Shop } from './shop';

export interface InvariantOptions {
  /** How many milliseconds the shop may take to come to rest. */
  readonly within?: number;
  /** The dead letters that there must be; none where it is absent. */
  readonly deadLetters?: DeadLetters;
}

/** Between two looks whether the shop is at rest, in milliseconds: each asks every database and the broker. */
const LOOK_MS = 200;

/**
 * Waits until the shop has come to rest, and then checks what must hold after every fault. Every order that was accepted is
 * there and decided once; every service has handled each of its events; mails and texts went out for each that
 * is not stale; the stock adds up; and no event waits anywhere. Prints its figures. For shops whose events all come from `POST /orders` and cancellations.
 */
export async function invariant(
  shop: Shop,
  { within = 30_000, deadLetters = {} }: InvariantOptions = {},
): Promise<Figures> {
  const started = performance.now();
  const rest = untilAtRest(shop, { within, deadLetters });
  const unrest = await rest.then(
    () => undefined,
    (error: unknown) => new Error('The shop did not come to rest', { cause: error }),
  );
  const secondsToDrain = Math.round((performance.now() - started) / 100) / 10;
  if (unrest === undefined) await shop.broker.quiet();
  const ledger = await readOrderLedger(shop);
  const figures = figuresOf(shop, ledger, deadLetters);
  recordFigures(shop.suite.id, { ...figures, secondsToDrain });
  if (unrest !== undefined) throw unrest;
  await expectDeadLetters(shop, deadLetters);
  await expectOrdersDecided(shop, ledger);
  expectNotified(ledger, deadLetters);
  await expectStockAddsUp(shop, ledger);
  expect(shop.crashes).toEqual([]);
  return figures;
}

/** Waits until no order is pending, every event is told of, and nothing waits in any queue or outbox. */
export const untilAtRest = (
  shop: Shop,
  { within = 30_000, deadLetters = {} }: InvariantOptions = {},
): Promise<void> => eventually(() => expectNothingWaits(shop, deadLetters), { within, every: LOOK_MS });

async function expectNothingWaits({ databases, broker }: Shop, dead: DeadLetters): Promise<void> {
  expect(await databases.count('orders', `select count(*) from orders where status = 'pending'`)).toBe(0);
  const events = await databases.count('orders', 'select count(*) from order_history');
  for (const service of ['email', 'sms'] as const) {
    const settled = `select count(*) from deliveries where state = 'sent' or stale`;
    const told = await databases.count(service, settled);
    expect({ [service]: told }).toEqual({ [service]: events - deadAt(service, dead) });
  }
  for (const database of ['orders', 'inventory'] as const) {
    const outbox = await databases.count(database, 'select count(*) from outbox');
    expect({ database, outbox }).toEqual({ database, outbox: 0 });
  }
  const filled = Object.entries(await broker.depths()).filter(([, depth]) => depth > 0);
  expect(Object.fromEntries(filled)).toEqual(dead);
}

async function expectDeadLetters({ broker }: Shop, dead: DeadLetters): Promise<void> {
  const depths = Object.entries(await broker.depths());
  const found = depths.filter(([queue, depth]) => queue.endsWith('.dead') && depth > 0);
  expect(Object.fromEntries(found)).toEqual(dead);
}

/** An order that was committed while its answer was lost may be there as well. */
async function expectOrdersDecided(
  { accepted, refused, databases }: Shop,
  ledger: OrderLedger,
): Promise<void> {
  const ids = ledger.orders.map(({ id }) => id).sort();
  const kept = new Set(ids);
  expect([...accepted].filter((id) => !kept.has(id))).toEqual([]);
  expect(ids.length - accepted.size).toBeLessThanOrEqual(refused);
  expect(ledger.reservations.map(({ order_id }) => order_id).sort()).toEqual(ids);
  const decisionOf = new Map(ledger.reservations.map(({ order_id, status }) => [order_id, status]));
  expect(ledger.orders.filter(({ id, status }) => !fits(status, decisionOf.get(id)))).toEqual([]);
  const forInventory = `select count(*) from order_history where status in ('pending', 'cancelled')`;
  const told = await databases.count('orders', forInventory);
  expect(ledger.inventoryInbox.length).toBe(told + remindersIn(ledger));
}

/** Events that inventory alone handles. */
const remindersIn = ({ orders }: OrderLedger): number =>
  orders.reduce((sum, { reminders }) => sum + reminders, 0);

/** Whether the order's state follows from what inventory has decided. */
function fits(status: Order['status'], decision = 'none'): boolean {
  if (status === 'cancelled') return decision !== 'reserved' && decision !== 'none';
  return decision === { pending: '', confirmed: 'reserved', rejected: 'rejected' }[status];
}

/**
 * One mail and one text for each event of each order, unless newer news of the order was sent; and it is the same events that all have
 * heard of.
 */
function expectNotified(ledger: OrderLedger, dead: DeadLetters): void {
  const { eventsOf, mails, texts, staleMails, staleTexts, inventoryInbox } = ledger;
  const heard = new Set([...settledIds(mails, staleMails), ...settledIds(texts, staleTexts)]);
  expect(inventoryInbox.filter((id) => !heard.has(id))).toHaveLength(remindersIn(ledger));
  for (const [service, told, stale] of [
    ['email', mails, staleMails],
    ['sms', texts, staleTexts],
  ] as const) {
    const settled = settledIds(told, stale).size;
    expect({ [service]: settled }).toEqual({ [service]: heard.size - deadAt(service, dead) });
    if (deadAt(service, dead) === 0) expect(countByOrder(told, stale)).toEqual(eventsOf);
    const sent = eventIdsOf(told);
    expect(stale.filter(({ newerId }) => newerId === null || !sent.has(newerId))).toEqual([]);
  }
}

/** What is reserved is what the confirmed orders want, piece by piece, and nothing has left the shelves. */
async function expectStockAddsUp(shop: Shop, { orders }: OrderLedger): Promise<void> {
  const wanted = new Map<string, number>();
  for (const { lines } of orders.filter(({ status }) => status === 'confirmed')) {
    for (const { sku, quantity } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  }
  const expected = shop.openingStock.map((level) => {
    const reserved = wanted.get(level.sku) ?? 0;
    return { ...level, reserved, available: level.onHand - reserved };
  });
  const stock = await shop.allStock();
  expect(stock).toEqual(expected);
  expect(stock.filter(({ available }) => available < 0)).toEqual([]);
}
