import { randomInt } from 'node:crypto';
import { eventually } from '../support/eventually';
import { invariant } from '../support/shop/invariant';
import { rush } from '../support/shop/rush';
import { Shop } from '../support/shop/shop';

const ORDERS = 1_000;

describe('The broker is killed, twice, while 1,000 orders are placed', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });

  afterAll(() => shop.close());

  it('each is accepted, decided once and told of once, and none is lost', async () => {
    const { rabbitmq } = shop.suite;
    let wanted = ORDERS;
    const orders = rush(shop, {
      customers: 50,
      goesOn: () => wanted-- > 0,
      wish: () => ({ 'PAPER-CLIP': randomInt(1, 4) }),
    });
    await shop.untilMoreAccepted(ORDERS / 4);
    await rabbitmq.kill();
    await orders;
    expect({ accepted: shop.accepted.size, refused: shop.refused }).toEqual({ accepted: ORDERS, refused: 0 });

    await rabbitmq.start();
    const decided = `select count(*) from orders where status <> 'pending'`;
    const countDecided = () => shop.databases.count('orders', decided);
    const before = await countDecided();
    await eventually(async () => (await countDecided()) > before + 50, { within: 30_000 });
    await rabbitmq.kill();
    expect(await countDecided()).toBeLessThan(ORDERS);
    await rabbitmq.start();

    const figures = await invariant(shop, { within: 90_000 });
    expect(figures).toMatchObject({ accepted: ORDERS, handled: ORDERS, events: 2 * ORDERS, lost: 0 });
  });
});
