import { ORDER_EVENTS, queueName } from '@app/contracts';
import { untilAllWork } from '../support/faults/all-work';
import { load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

/** How many more processes of each service: two relays, and three of every consumer. */
const MORE: Readonly<Record<string, number>> = { 'order-api': 1, inventory: 2, email: 2, sms: 2 };

describe('Fault 24: two relays, and three replicas of every consumer', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  it('all consumers work, no event is claimed twice, and each has one effect; while replicas are killed, nothing is refused or lost', async () => {
    const { services } = shop.suite;
    const names = Object.keys(MORE).flatMap((name) => Array.from({ length: MORE[name] ?? 0 }, () => name));
    const replicas = await Promise.all(names.map((name) => services.startReplica(name)));
    await underLoad(shop, () => Promise.resolve(), { orders: load() / 2 });
    for (const name of ['inventory', 'email', 'sms']) await untilAllWork(shop, name, 1 + Number(MORE[name]));
    const undisturbed = await invariant(shop, { within: 300_000 });
    expect(undisturbed).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    expect(await shop.broker.entered(queueName('inventory', ORDER_EVENTS))).toBe(undisturbed.events);

    const killAll = async (): Promise<void> => {
      await shop.untilMoreAccepted(load() / 4);
      await Promise.all(replicas.map((replica) => replica.kill()));
    };
    await underLoad(shop, killAll, { orders: load() / 2 });
    expect(await invariant(shop, { within: 300_000 })).toMatchObject({ refused: 0, lost: 0 });
  }, 900_000);
});
