import { eventually } from '../../infra/eventually';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

const QUEUE = 'inventory.order_events';

describe('Fault 13: inventory hears of cancellations before it hears of the orders', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  it('nothing stays reserved for them, and the other orders are served', async () => {
    const inventory = shop.suite.services.get('inventory');
    await inventory.stop();
    await underLoad(shop, () => Promise.resolve());
    const cancelled = [...shop.accepted].filter((_, index) => index % 2 === 0);
    for (const id of cancelled) expect((await shop.cancel(id)).status).toBe(200);

    const messages = shop.accepted.size + cancelled.length;
    await eventually(async () => expect((await shop.broker.depths())[QUEUE]).toBe(messages), {
      within: 30_000,
    });
    expect(await shop.broker.turnAround(QUEUE)).toBe(messages);

    await inventory.start();
    const figures = await invariant(shop, { within: 120_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    const { reserved } = await shop.stock('PAPER-CLIP');
    expect(reserved).toBe(shop.accepted.size - cancelled.length);
  }, 300_000);
});
