import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { Shop } from '../support/shop/shop';

describe('A product', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(await Shop.open({ broker: 'own', without: ['email', 'sms', 'sms-gateway'] }));
  });

  const availableOf = async (sku: string): Promise<unknown> =>
    (await shop.call(`/products/${sku}`)).body.available;
  const inventory = () => shop.suite.services.get('inventory');

  /** Answers within a second, whatever is away. */
  const expectNullInTime = async (): Promise<void> => {
    const asked = performance.now();
    const { status, body } = await shop.call('/products/RUBBER-CHICKEN');
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(status).toBe(200);
    expect(body).toMatchObject({ sku: 'RUBBER-CHICKEN', price: { amount: 999 }, available: null });
  };

  it('says how many of it can be ordered', async () => {
    await eventually(async () => expect(await availableOf('RUBBER-CHICKEN')).toBe(500));
    expect(await availableOf('SOLD-OUT-SOCKS')).toBe(0);
    const { id } = await shop.placeOrder({ 'RUBBER-CHICKEN': 3 });
    await shop.untilOrder(id, 'confirmed');
    expect(await availableOf('RUBBER-CHICKEN')).toBe(497);
  });

  it('that is not sold is a 404', async () => {
    expect((await shop.call('/products/NO-SUCH-THING')).status).toBe(404);
  });

  it('is shown without it while inventory is stopped, and with it again when inventory is back', async () => {
    await inventory().stop();
    await expectNullInTime();
    await inventory().start();
    await eventually(async () => expect(await availableOf('RUBBER-CHICKEN')).toBe(497));
  });

  it('is shown without it while the broker is away, and with it again when the broker is back', async () => {
    await shop.suite.rabbitmq.kill();
    await expectNullInTime();
    await shop.suite.rabbitmq.start();
    await eventually(async () => expect(await availableOf('RUBBER-CHICKEN')).toBe(497), { within: 20_000 });
    expect(shop.crashes).toEqual([]);
  });
});
