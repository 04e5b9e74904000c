import { eventually } from '../support/eventually';
import { invariant } from '../support/shop/invariant';
import { SERVICES, Shop } from '../support/shop/shop';

const CONSUMERS = ['inventory', 'email', 'sms'] as const;

describe('Down is not lost', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });

  afterAll(() => shop.close());

  it('every service starts without the broker; orders are taken, and flow when it is back', async () => {
    const { services, rabbitmq } = shop.suite;
    await Promise.all(SERVICES.map((service) => services.get(service).stop()));
    await rabbitmq.kill();
    await Promise.all(SERVICES.map((service) => services.get(service).launch()));

    await services.get('order-api').ready();
    const { status, body } = await shop.health('order-api');
    expect([status, body.status]).toEqual([200, 'degraded']);
    const { id } = await shop.placeOrder({ KAZOO: 1 });
    expect((await shop.order(id)).status).toBe('pending');
    for (const service of CONSUMERS) {
      await eventually(async () => expect((await shop.health(service)).status).toBe(503), { within: 20_000 });
      expect((await shop.health(service)).body.checks).toEqual({
        ...(service === 'inventory' && { outbox: 'up' }),
        database: 'up',
        broker: 'down',
      });
    }

    const pids = shop.pids();
    await rabbitmq.start();
    await shop.untilOrder(id, 'confirmed', { within: 20_000 });
    await shop.untilReady();
    await invariant(shop);
    expect(shop.pids()).toEqual(pids);
  });
});
