import { eventually } from '../../../infra/eventually';
import { closedAfterAll } from '../shop/closed-after-all';
import { invariant } from '../shop/invariant';
import { MailServer } from '../shop/mail-server';
import { Shop } from '../shop/shop';
import { load } from './load';
import { underLoad } from './under-load';
import { countWaiting } from './progress';

/** Commands of `rabbitmqctl`. */
export interface Alarm {
  readonly raise: readonly string[];
  readonly clear: readonly string[];
}

/** The broker runs out of something and takes no more messages, until it has enough again. */
export function itOutlives({ raise, clear }: Alarm): void {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer, broker: 'own' }));
  });

  /** Again where need be: a node that is very busy may miss it. */
  const raiseAlarm = (): Promise<void> =>
    eventually(
      async () => {
        await shop.suite.rabbitmq.control(...raise);
        expect(await shop.broker.isAlarmed()).toBe(true);
      },
      { within: 60_000 },
    );
  const untilDegraded = (): Promise<void> =>
    eventually(
      async () => {
        const { status, body } = await shop.health('order-api');
        expect([status, body.status]).toEqual([200, 'degraded']);
      },
      { within: 30_000 },
    );

  it('orders are taken, the relay waits, readiness says degraded, and all flows when the alarm is over', async () => {
    const pids = shop.pids();
    await underLoad(shop, async () => {
      await shop.untilMoreAccepted(100);
      await raiseAlarm();
      await untilDegraded();
      const before = new Set(shop.accepted);
      await shop.untilMoreAccepted(load() / 2);
      const since = [...shop.accepted].filter((id) => !before.has(id));
      expect(await countWaiting(shop, since)).toBe(since.length);
      await shop.suite.rabbitmq.control(...clear);
    });
    const figures = await invariant(shop, { within: 120_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    await shop.untilReady();
    expect(shop.pids()).toEqual(pids);
  }, 300_000);
}
