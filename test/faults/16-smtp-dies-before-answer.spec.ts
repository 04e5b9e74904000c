import { eventually } from '../../infra/eventually';
import { remark } from '../support/shop/figures';
import { load } from '../support/faults/load';
import { mostOften } from '../support/faults/most-often';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

/** A twentieth of the orders lose an answer; there are more mails than orders. */
const SHARE = 20;

/** Were no mail sent between, the mail server would count as away. */
const ONE_IN = 10;

describe('Fault 16: the mail server takes a mail and dies before it says so', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  it('the mail is sent once more, under the same Message-ID', async () => {
    const inventory = shop.suite.services.get('inventory');
    await inventory.stop(); // one event for the time being
    mailServer.breakWith({ kind: 'drop', afterAccepting: true, times: 1 });
    const order = await shop.placeOrder({ KAZOO: 1 });
    await eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(2), { within: 20_000 });
    await inventory.start();
    const figures = await invariant(shop);
    expect(figures).toMatchObject({ lost: 0, repeatedTexts: 0, repeatedMails: 1, staleMails: 0 });
  });

  it('under load, each such mail is sent once more or is stale by then, and no other is', async () => {
    const times = load() / SHARE;
    await underLoad(shop, async () => {
      await shop.untilMoreAccepted(100);
      mailServer.breakWith({ kind: 'drop', afterAccepting: true, times, oneIn: ONE_IN });
      await eventually(() => mailServer.struck === times, { within: 60_000 });
    });
    const figures = await invariant(shop, { within: 120_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeatedTexts: 0, staleTexts: 0 });
    expect(figures.repeatedMails + figures.staleMails).toBe(1 + times);
    const most = mostOften(await mailServer.all());
    expect(most).toBe(2);
    remark(
      `${1 + times} answers were lost: ${figures.repeatedMails} mails came twice, none more than ${most} times`,
    );
  }, 300_000);
});
