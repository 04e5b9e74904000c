import { eventually } from '../../infra/eventually';
import { remark } from '../support/shop/figures';
import { load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

const QUEUE = 'email.order_events';
const LIMIT = 100;

const ORDERS = load({ short: 400 });

/** So many messages the relay has in flight at most; one alone once the broker has refused one. */
const LARGEST_BATCH = 200;

describe('Fault 10: a queue is full, since its service is away', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  it('the outbox keeps the rest, operators are told, and the neighbours swallow what is repeated', async () => {
    const watch = await shop.broker.watchAlerts();
    const email = shop.suite.services.get('email');
    await email.stop();
    await shop.broker.limit(QUEUE, LIMIT);
    await underLoad(
      shop,
      () => eventually(() => expect(watch.alerts()).not.toEqual([]), { within: 30_000 }),
      { orders: ORDERS, thinksMs: 200 },
    );

    expect(watch.alerts()).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        service: 'order-api',
        code: 'PUBLISHING_PAUSED',
        text: expect.stringContaining('The broker refused'),
      }),
    );
    expect(await shop.databases.count('orders', 'select count(*) from outbox')).toBeGreaterThan(ORDERS / 2);
    const { [QUEUE]: depth } = await shop.broker.depths();
    expect(depth).toBeGreaterThanOrEqual(LIMIT);
    expect(depth).toBeLessThan(LIMIT + LARGEST_BATCH);

    await email.start();
    const figures = await invariant(shop, { within: 180_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    const repeats = (await shop.broker.entered('inventory.order_events')) - figures.events;
    expect(repeats).toBeLessThan(LARGEST_BATCH + figures.events / 4);
    remark(`${repeats} messages reached the neighbours of the full queue again`);
    await watch.close();
  }, 300_000);
});
