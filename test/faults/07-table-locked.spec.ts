import { lockTables, type Unlock } from '../support/faults/lock-tables';
import { load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { anOrder } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

/** Longer than two statement timeouts of 5 s. */
const LOCKED_MS = 12_000;

/** More than the pool has connections. */
const CUSTOMERS = 40;

/**
 * A request whose group has begun ends with that group's statement, after 5 s. One that comes meanwhile has waited for 2 s by then,
 * and was given up: nothing of it was begun.
 */
const HELD_UP = /\/(database-timeout|database-unavailable|overloaded)$/;

describe('Fault 07: tables are locked for longer than the statement timeout', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  const whileLocked = async (lock: () => Promise<Unlock>, work: () => Promise<unknown>): Promise<void> => {
    const unlock = await lock();
    const since = performance.now();
    try {
      do await work();
      while (performance.now() - since < LOCKED_MS);
    } finally {
      await unlock();
    }
  };

  const underLoadOfMany = (fault: () => Promise<unknown>): Promise<void> =>
    underLoad(shop, fault, { orders: load() / 2, customers: CUSTOMERS, thinksMs: 800 });

  it('of the order API: 503 meanwhile, and the pool is free again', async () => {
    await underLoadOfMany(async () => {
      await shop.untilMoreAccepted(50);
      await whileLocked(() => lockTables(shop, 'orders', 'orders', 'outbox'), expectUnavailable);
      await eventually(async () => expect((await shop.ask(anOrder({ KAZOO: 1 }))).status).toBe(201));
    });
    expect(await invariant(shop, { within: 300_000 })).toMatchObject({ lost: 0, unanswered: 0 });
  }, 900_000);

  it('of the consumers: orders are taken, and nothing is sent twice', async () => {
    const { refused } = shop;
    const lock = async (): Promise<Unlock> => {
      const unlocks = [
        await lockTables(shop, 'inventory', 'reservations', 'outbox'),
        await lockTables(shop, 'email', 'deliveries'),
        await lockTables(shop, 'sms', 'deliveries'),
      ];
      return async () => {
        for (const unlock of unlocks) await unlock();
      };
    };
    await underLoadOfMany(async () => {
      await shop.untilMoreAccepted(50);
      await whileLocked(lock, () => shop.untilMoreAccepted(20));
    });
    expect(await invariant(shop, { within: 300_000 })).toMatchObject({ refused, lost: 0, repeated: 0 });
  }, 900_000);

  const expectUnavailable = async (): Promise<void> => {
    const { status, headers, body } = await shop.ask(anOrder({ KAZOO: 1 }));
    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body).toMatchObject({ type: expect.stringMatching(HELD_UP) });
  };
});
