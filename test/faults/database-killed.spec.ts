import { eventually } from '../support/eventually';
import { invariant } from '../support/shop/invariant';
import { endlessRush } from '../support/shop/rush';
import { Shop } from '../support/shop/shop';

describe('The database is killed under load', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });

  afterAll(() => shop.close());

  it('what was accepted is kept, what was not is refused, and all of it flows when the database is back', async () => {
    const { postgres } = shop.suite;
    const pids = shop.pids();
    const customers = endlessRush(shop, { customers: 20, thinksMs: 50, wish: () => ({ 'PAPER-CLIP': 1 }) });
    try {
      for (let round = 0; round < 3; round += 1) {
        await shop.untilMoreAccepted(100);
        const refused = shop.refused;
        await postgres.kill();
        await eventually(() => shop.refused > refused, { within: 20_000 });
        await postgres.start();
      }
      await shop.untilMoreAccepted(100);
    } finally {
      await customers.end();
    }
    // What a relay had in hand when the database died goes out once its lease of 30 s is over.
    expect(await invariant(shop, { within: 90_000 })).toMatchObject({ lost: 0 });
    expect(shop.pids()).toEqual(pids);
  });
});
