import { underLoad } from '../support/faults/under-load';
import { BrokerCluster } from '../support/shop/broker-cluster';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

describe('Fault 03: nodes of a three-node cluster are killed', () => {
  let cluster: BrokerCluster;
  let mailServer: MailServer;
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    cluster = await BrokerCluster.start();
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer, broker: cluster }));
  });

  it('the leader of the queues, and then one node after the other: nothing is refused or lost', async () => {
    const pids = shop.pids();
    const killAll = async (): Promise<void> => {
      await shop.untilMoreAccepted(100);
      const leader = await cluster.leaderOf('email.order_events');
      for (const node of [leader, ...cluster.nodes.nodes]) {
        await node.kill();
        await shop.untilMoreAccepted(100);
        await cluster.nodes.start();
      }
    };
    await underLoad(shop, killAll, { thinksMs: 600 });
    const figures = await invariant(shop, { within: 180_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    await shop.untilReady();
    expect(shop.pids()).toEqual(pids);
  }, 480_000);
});
