import { ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { underLoad } from '../support/faults/under-load';
import { countWaiting } from '../support/faults/progress';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

describe('Fault 22: no queue is bound to the exchange', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  it('every event is kept, operators are told, and all flows when the queues are bound again', async () => {
    const watch = await shop.broker.watchAlerts();
    await shop.broker.quiet();
    const bind = await shop.broker.unbind(ORDER_EVENTS);
    await underLoad(shop, () => eventually(() => expect(watch.alerts()).not.toEqual([]), { within: 30_000 }));

    expect(watch.alerts()[0]).toMatchObject({
      severity: 'error',
      service: 'order-api',
      code: 'PUBLISHING_PAUSED',
      text: expect.stringContaining('No queue is bound'),
    });
    expect(await countWaiting(shop, [...shop.accepted])).toBe(shop.accepted.size);

    await bind();
    const figures = await invariant(shop, { within: 120_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    await watch.close();
  }, 300_000);
});
