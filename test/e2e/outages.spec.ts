import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { anOrder } from '../support/shop/order';
import { invariant } from '../support/shop/invariant';
import { SERVICES, Shop } from '../support/shop/shop';

const CONSUMERS = ['inventory', 'email', 'sms'] as const;

/** So many events may wait for the broker before orders are refused. */
const OUTBOX_LIMIT = 5;

describe('Down is not lost', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(
      await Shop.open({
        broker: 'own',
        env: { 'order-api': { OUTBOX_LIMIT: String(OUTBOX_LIMIT) } },
      }),
    );
  });

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
        ...(service === 'inventory' ? { outbox: 'up', queues: 'up' } : { provider: 'up' }),
        database: 'up',
        broker: 'down',
      });
    }

    await expectRefusalBeyondLimit();
    const pids = shop.pids();
    await rabbitmq.start();
    await shop.untilOrder(id, 'confirmed', { within: 20_000 });
    await shop.untilReady();
    await invariant(shop);
    expect(shop.pids()).toEqual(pids);
  });

  const expectRefusalBeyondLimit = async (): Promise<void> => {
    await eventually(async () => {
      const { status, headers, body } = await shop.ask(anOrder({ KAZOO: 1 }));
      expect([status, headers.get('retry-after')]).toEqual([503, '30']);
      expect(body).toMatchObject({ type: expect.stringContaining('outbox-full') });
    });
    expect(shop.accepted.size).toBeGreaterThanOrEqual(OUTBOX_LIMIT);
    // Each replica looks at the outbox by itself.
    await eventually(async () => expect((await shop.health('order-api')).status).toBe(503));
  };
});
