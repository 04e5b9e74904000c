import { ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { untilAllWork } from '../support/faults/all-work';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

const CONSUMERS = ['inventory', 'email', 'sms'];

describe('Fault 12: every message comes three times at once', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  /** By two processes. The broker gives messages to both in turn. */
  const untilShared = (queue: string): Promise<void> =>
    eventually(async () => expect(await shop.broker.prefetchesOf(queue)).toHaveLength(2));

  it('it has one effect, though two processes of each service share the copies', async () => {
    const { services } = shop.suite;
    const watch = await shop.broker.watch(ORDER_EVENTS);
    await Promise.all(CONSUMERS.map((name) => services.get(name).stop()));
    await underLoad(shop, () => Promise.resolve());
    await eventually(() => expect(watch.messages).toHaveLength(shop.accepted.size), { within: 30_000 });
    await watch.close();
    // Put back in such a way that the copies of a message stand next to each other.
    for (const name of CONSUMERS) await shop.broker.purge(`${name}.order_events`);
    await Promise.all(CONSUMERS.map((name) => services.get(name).start()));
    await Promise.all(CONSUMERS.map((name) => services.startReplica(name)));
    for (const name of CONSUMERS) await untilShared(`${name}.order_events`);
    await shop.broker.republish(
      ORDER_EVENTS,
      watch.messages.flatMap((message) => [message, message, message]),
    );
    const figures = await invariant(shop, { within: 120_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    const copies = 3 * shop.accepted.size;
    expect(await shop.broker.entered('inventory.order_events')).toBe(figures.events + copies);
    for (const name of CONSUMERS) await untilAllWork(shop, name, 2);
  }, 300_000);
});
