import { randomInt } from 'node:crypto';
import { untilAllWork } from '../support/faults/all-work';
import { load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { anOrder, type Wish } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

const BUYERS = 200;

describe('Fault 19: two processes of inventory are asked for more than there is', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
    await shop.suite.services.startReplica('inventory');
  });

  const countOrders = (status: string) =>
    shop.databases.count('orders', 'select count(*) from orders where status = $1', [status]);

  it('two hundred want the last item: one gets it, 199 are told that they do not', async () => {
    await Promise.all(Array.from({ length: BUYERS }, () => shop.ask(anOrder({ 'ROCKET-SHIP': 1 }))));
    await untilAllWork(shop, 'inventory', 2);
    const figures = await invariant(shop, { within: 60_000 });
    expect(figures).toMatchObject({ accepted: BUYERS, refused: 0, lost: 0, repeated: 0 });
    expect([await countOrders('confirmed'), await countOrders('rejected')]).toEqual([1, BUYERS - 1]);
    expect(await shop.stock('ROCKET-SHIP')).toMatchObject({ onHand: 1, reserved: 1, available: 0 });
    for (const told of [await shop.mails.all(), await shop.texts.all()])
      expect(told.filter(({ title }) => title.startsWith('Sorry'))).toHaveLength(BUYERS - 1);
  });

  it('many orders for a bit of everything, their lines in any order: nothing is sold twice', async () => {
    const skus = shop.openingStock.filter(({ onHand }) => onHand > 0 && onHand < 1_000);
    const shelf = skus.map(({ sku, onHand }) => ({ sku, share: Math.ceil((3 * onHand) / load()) }));
    const wish = (): Wish => {
      const basket = shelf.filter(() => randomInt(3) === 0).sort(() => randomInt(3) - 1);
      const lines = basket.map(({ sku, share }): [string, number] => [sku, randomInt(share, 4 * share)]);
      return lines.length > 0 ? Object.fromEntries(lines) : { 'ROCKET-SHIP': 1 };
    };
    await underLoad(shop, () => Promise.resolve(), { wish });
    const figures = await invariant(shop, { within: 120_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    expect(await countOrders('rejected')).toBeGreaterThan(BUYERS);
  }, 300_000);
});
