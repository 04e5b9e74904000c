import type { RabbitmqCluster } from '../../infra/rabbitmq/rabbitmq-cluster';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';
import { clusterBroker } from '../support/shop/shop-broker';

describe('Fault 03: nodes of a three-node cluster are killed', () => {
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

  it('the leader of the queues, and then one node after the other: nothing is refused or lost', async () => {
    const pids = shop.pids();
    const killAll = async (): Promise<void> => {
      await shop.untilMoreAccepted(100);
      const leader = cluster.nodeNamed(await shop.broker.leaderOf('email.order_events'));
      for (const node of [leader, ...cluster.nodes]) {
        await node.kill();
        await shop.untilMoreAccepted(100);
        await cluster.start();
      }
    };
    await underLoad(shop, killAll, { thinksMs: 600 });
    const figures = await invariant(shop, { within: 180_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    await shop.untilReady();
    expect(shop.pids()).toEqual(pids);
  }, 480_000);
});
