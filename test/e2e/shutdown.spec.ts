import { invariant } from '../support/shop/invariant';
import { endlessRush } from '../support/shop/rush';
import { SERVICES, Shop } from '../support/shop/shop';

describe('A service that is asked to stop under load', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });

  afterAll(() => shop.close());

  it.each(SERVICES)('%s ends with code 0 within 10 s, loses nothing and repeats nothing', async (name) => {
    const service = shop.suite.services.get(name);
    const customers = endlessRush(shop, { customers: 8, thinksMs: 50, wish: () => ({ 'PAPER-CLIP': 1 }) });
    try {
      await shop.untilMoreAccepted(50);
      const asked = performance.now();
      expect(await service.stop()).toEqual({ code: 0, signal: null });
      expect(performance.now() - asked).toBeLessThan(10_000);
      await service.start();
      await shop.untilMoreAccepted(20);
    } finally {
      await customers.end();
    }
    expect(await invariant(shop)).toMatchObject({
      lost: 0,
      unanswered: 0,
      repeatedMails: 0,
      repeatedTexts: 0,
    });
  });
});
