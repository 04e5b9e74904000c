import { eventually } from '../../infra/eventually';
import { isFull, itInFull, load } from '../support/faults/load';
import { countDecided } from '../support/faults/progress';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { SERVICES, Shop } from '../support/shop/shop';

/** For each way to lose it. */
const ORDERS = load({ full: 700, short: 200 });

/** What had to wait is worked off in small batches, so that there is a middle to kill the broker in. */
const SMALL_STEPS = { inventory: { PREFETCH: '5' }, 'order-api': { PREFETCH: '5' } };

describe('Fault 02: the broker is killed, or closes every connection', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer, broker: 'own', env: SMALL_STEPS }));
  });

  /** No order may be refused, and no service may need to be started again. */
  const breakIt = async (fault: () => Promise<unknown>): Promise<void> => {
    const pids = shop.pids();
    const orders = shop.accepted.size + ORDERS;
    await underLoad(shop, fault, { orders: ORDERS, thinksMs: isFull ? 500 : 1_000 });
    const figures = await invariant(shop, { within: 300_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0 });
    expect(figures.accepted).toBeGreaterThanOrEqual(orders);
    expect(shop.pids()).toEqual(pids);
  };

  it(
    'killed while orders come in, and again while it works off what had to wait',
    () =>
      breakIt(async () => {
        const { rabbitmq } = shop.suite;
        await shop.untilMoreAccepted(100);
        await rabbitmq.kill();
        const before = new Set(shop.accepted);
        await shop.untilMoreAccepted(ORDERS / 2);
        const hadToWait = [...shop.accepted].filter((id) => !before.has(id));
        await rabbitmq.start();
        await eventually(async () => (await countDecided(shop, hadToWait)) > hadToWait.length / 10, {
          within: 60_000,
        });
        await rabbitmq.kill();
        expect(await countDecided(shop, hadToWait)).toBeLessThan(hadToWait.length);
        await rabbitmq.start();
      }),
    900_000,
  );

  itInFull(
    'stopped and started',
    () =>
      breakIt(async () => {
        await shop.untilMoreAccepted(20);
        await shop.suite.rabbitmq.stop();
        expect((await shop.health('order-api')).body.status).toBe('degraded');
        await shop.suite.rabbitmq.start();
      }),
    900_000,
  );

  itInFull(
    'closes every connection by force, three times',
    () =>
      breakIt(async () => {
        for (let round = 0; round < 3; round += 1) {
          await shop.untilMoreAccepted(20);
          await shop.broker.closeConnections(SERVICES);
          await shop.untilReady();
        }
      }),
    900_000,
  );
});
