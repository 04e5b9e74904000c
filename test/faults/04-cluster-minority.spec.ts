import type { RabbitmqCluster } from '../../infra/rabbitmq/rabbitmq-cluster';
import { load } from '../support/faults/load';
import { countDecided, countWaiting } from '../support/faults/progress';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';
import { clusterBroker } from '../support/shop/shop-broker';

describe('Fault 04: two nodes of a three-node cluster are down', () => {
  let cluster: RabbitmqCluster;
  let mailServer: MailServer;
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    const broker = await clusterBroker();
    cluster = broker.cluster;
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer, broker }));
  });

  it('orders are accepted, no event counts as published, and all flows when the nodes are back', async () => {
    const pids = shop.pids();
    await underLoad(shop, async () => {
      await shop.untilMoreAccepted(100);
      const [, ...others] = cluster.nodes;
      await Promise.all(others.map((node) => node.kill()));
      // Of those on the way, some had still reached the broker.
      await shop.untilMoreAccepted(50);
      const before = new Set(shop.accepted);
      await shop.untilMoreAccepted(load() / 2);
      const since = [...shop.accepted].filter((id) => !before.has(id));
      expect(await countWaiting(shop, since)).toBe(since.length);
      expect(await countDecided(shop, since)).toBe(0);
      await cluster.start();
    });
    const figures = await invariant(shop, { within: 180_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    await shop.untilReady();
    expect(shop.pids()).toEqual(pids);
  }, 480_000);
});
