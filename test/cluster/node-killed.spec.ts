import { randomInt } from 'node:crypto';
import { ORDER_EVENTS, queueName } from '@app/contracts';
import { ComposedRabbitmq } from '../support/shop/containers/composed-rabbitmq';
import { invariant } from '../support/shop/invariant';
import { placeOrders } from '../support/shop/order-load';
import { Shop } from '../support/shop/shop';

const ORDERS = 2_000;
const QUEUE = queueName('inventory', ORDER_EVENTS);

describe('A node of the cluster, leader of a queue, is killed and comes back while 2,000 orders are placed', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });

  afterAll(() => shop.close());

  it('all are accepted in the end, each is decided once, and none is lost', async () => {
    const orders = placeOrders(shop, {
      customers: 20,
      // Who is told to come again, since the machine has more to do than it can, does so.
      goesOn: () => shop.accepted.size < ORDERS,
      wish: () => ({ 'PAPER-CLIP': randomInt(1, 4) }),
    });
    await shop.untilMoreAccepted(ORDERS / 4);
    const leader = await shop.broker.leaderOf(QUEUE);
    const { rabbitmq } = shop.suite;
    const node = rabbitmq instanceof ComposedRabbitmq ? rabbitmq.nodes.get(leader) : undefined;
    if (node === undefined) throw new Error(`There is no node ${leader}.`);
    await node.kill();
    await shop.untilMoreAccepted(ORDERS / 4);
    const successor = await shop.broker.leaderOf(QUEUE);
    expect(successor).toMatch(/^rabbit@/);
    expect(successor).not.toBe(leader);
    await node.start();
    await orders;

    const accepted = shop.accepted.size;
    const figures = await invariant(shop, { within: 180_000 });
    expect(figures).toMatchObject({ handled: accepted, events: 2 * accepted, lost: 0, unanswered: 0 });
  });
});
