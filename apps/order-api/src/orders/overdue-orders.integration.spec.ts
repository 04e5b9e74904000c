import { Alerts } from '@app/messaging';
import { Database } from '@app/persistence';
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { SeededRandom } from '../../../../test/support/faults/seeded-random';
import { latch, MessagingHarness } from '../../../../test/support/messaging-harness';
import { ordersMigration } from '../migrations/0004-orders';
import { remindersMigration } from '../migrations/0007-reminders';
import { OverdueConfig } from './overdue.config';
import { OverdueOrders } from './overdue-orders';

describe(OverdueOrders.name, () => {
  let harness: MessagingHarness;
  let sut: OverdueOrders;
  let alerts: jest.SpyInstance;

  // Nothing takes the events out of the outbox.
  beforeAll(async () => {
    const handlers = [OverdueOrders, { provide: OverdueConfig, useValue: new OverdueConfig() }];
    harness = await MessagingHarness.boot({ service: 'order-api', handlers, withoutBroker: true });
    sut = harness.app.get(OverdueOrders);
    const { query } = harness.app.get(Database);
    await ordersMigration.up(query);
    await remindersMigration.up(query);
    alerts = jest.spyOn(harness.app.get(Alerts), 'raise');
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    alerts.mockClear();
    await harness.database.query('truncate orders, order_history, outbox');
  });

  const placed = async (
    status: string,
    waitedMinutes: number,
    id: string = randomUUID(),
  ): Promise<string> => {
    await harness.database.query(
      `insert into orders (id, status, customer, lines, total, waiting_since)
       values ($1, $2, '{}', $3, '{}', now() - $4 * interval '1 minute')`,
      [id, status, JSON.stringify([{ sku: 'KAZOO', quantity: 2, name: 'Kazoo' }]), waitedMinutes],
    );
    return id;
  };
  const asked = async () => {
    const rows = await harness.database.query<{ type: string; data: { orderId: string } }>(
      `select routing_key as type, body::jsonb -> 'data' as data from outbox order by position`,
    );
    return rows.map(({ type, data }) => ({ type, ...data }));
  };
  const idsAsked = async (): Promise<string[]> => (await asked()).map(({ orderId }) => orderId);

  it('asks inventory again for an order that is pending for more than 10 minutes, and alerts', async () => {
    const id = await placed('pending', 11);
    for (const [status, minutes] of [
      ['pending', 9],
      ['confirmed', 11],
      ['rejected', 11],
      ['cancelled', 11],
    ] as const)
      await placed(status, minutes);
    await sut.sweep();
    const lines = [{ sku: 'KAZOO', quantity: 2 }];
    await expect(asked()).resolves.toEqual([
      { type: 'order.overdue', orderId: id, version: 1, lines, at: expect.any(String) },
    ]);
    expect(alerts.mock.calls).toEqual([
      ['warning', 'ORDERS_OVERDUE', expect.stringContaining(id), { orders: [id] }],
    ]);
    expect(harness.log.some((line) => line.includes('pending for more than 600 s: 1,'))).toBe(true);
  });

  it('asks once in 10 minutes', async () => {
    const id = await placed('pending', 60);
    for (const _time of [1, 2]) await sut.sweep();
    await expect(idsAsked()).resolves.toEqual([id]);
    await harness.database.query(`update orders set reminded_at = now() - interval '9 minutes'`);
    await sut.sweep();
    await expect(idsAsked()).resolves.toEqual([id]);
    await harness.database.query(`update orders set reminded_at = now() - interval '11 minutes'`);
    await sut.sweep();
    await expect(idsAsked()).resolves.toEqual([id, id]);
    const [order] = await harness.database.query<{ reminders: number }>('select reminders from orders');
    expect(order?.reminders).toBe(2);
  });

  it('asks for the oldest hundred first, and for the others at the next look', async () => {
    // As of orders that were placed one after the other.
    const ids = Array.from({ length: 101 }, () => uuidv7());
    for (const id of new SeededRandom(7).shuffled(ids)) await placed('pending', 11, id);
    await sut.sweep();
    expect((await idsAsked()).toSorted()).toEqual(ids.slice(0, 100));
    await sut.sweep();
    expect((await idsAsked()).toSorted()).toEqual(ids);
  });

  it('leaves an order to another replica that is looking at the same time', async () => {
    const theirs = await placed('pending', 11);
    const locked = latch();
    const { held, release } = latch();
    const database = harness.app.get(Database);
    const other = database.transaction(async () => {
      await sut.sweep();
      locked.release();
      await held;
    });
    await locked.held;
    const ours = await placed('pending', 11);
    await sut.sweep();
    await expect(idsAsked()).resolves.toEqual([ours]);
    release();
    await other;
    expect((await idsAsked()).toSorted()).toEqual([theirs, ours].toSorted());
  });
});
