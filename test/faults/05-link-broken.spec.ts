import { sharedRabbitmq } from '../support/addresses';
import { eventually } from '../../infra/eventually';
import { remark } from '../support/shop/figures';
import { isFull, itInFull, load } from '../support/faults/load';
import { countDecided } from '../support/faults/progress';
import { underLoad } from '../support/faults/under-load';
import { TcpProxy } from '../support/tcp-proxy';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { SERVICES, Shop } from '../support/shop/shop';
import { sharedBroker, type ShopBroker } from '../support/shop/shop-broker';

/** The clients look every 5 s, and give up a peer that was silent for two whole looks. */
const LOOK_MS = 5_000;
const GIVEN_UP_WITHIN_MS = 3 * LOOK_MS;

/** They try again a second later; the rest is for a machine that is busy. */
const CONNECTED_WITHIN_MS = 8_000;

/** For each way to break it. */
const ORDERS = load({ full: 700 });

/** A broker that the services, and only they, reach by the proxy. */
const behind = (proxy: TcpProxy, broker: ShopBroker): ShopBroker => ({
  ...broker,
  through: (url) => proxy.through(url),
});

describe('Fault 05: the network between the services and the broker', () => {
  let shop: Shop;
  let mailServer: MailServer;
  let proxy: TcpProxy;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    proxy = closing(await TcpProxy.to(...sharedRabbitmq().urls()));
    shop = closing(await Shop.open({ mailServer, broker: behind(proxy, await sharedBroker()) }));
  });

  /** No order may be refused, and no service may need to be started again. */
  const breakIt = async (fault: () => Promise<unknown>): Promise<void> => {
    const pids = shop.pids();
    try {
      await underLoad(shop, fault, { orders: ORDERS, thinksMs: isFull ? 500 : 1_500 });
    } finally {
      proxy.restore();
    }
    expect(await invariant(shop, { within: 300_000 })).toMatchObject({ refused: 0, lost: 0 });
    expect(shop.pids()).toEqual(pids);
  };

  const untilConnected = async (): Promise<readonly string[]> => {
    const enough = 2 * SERVICES.length;
    await eventually(async () => (await shop.broker.connections()).length >= enough, { within: 10_000 });
    return shop.broker.connections();
  };

  /** Resolves with the milliseconds that the work took. */
  const measure = async (what: string, work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    const took = performance.now() - started;
    remark(`${what} after ${Math.round(took / 100) / 10} s`);
    return took;
  };

  const anOrderIsConfirmed = async (): Promise<void> => {
    const { id } = await shop.placeOrder({ KAZOO: 1 });
    await shop.untilOrder(id, 'confirmed', { within: 90_000 });
  };

  /** Waits until there are as many new connections as there were old ones. */
  const allConnectAnew = async (old: readonly string[], within: number): Promise<void> => {
    const anew = async () => (await shop.broker.connections()).filter((name) => !old.includes(name));
    await eventually(async () => expect((await anew()).length).toBeGreaterThanOrEqual(old.length), {
      within,
    });
  };

  itInFull(
    'cut, and there again: orders wait, and flow',
    () =>
      breakIt(async () => {
        const connections = await untilConnected();
        await shop.untilMoreAccepted(50);
        proxy.cut();
        await shop.untilMoreAccepted(200);
        expect((await shop.health('order-api')).body).toMatchObject({ status: 'degraded' });
        proxy.restore();
        await measure('cut: connected', () => allConnectAnew(connections, CONNECTED_WITHIN_MS));
        await measure(
          'cut: an order that was placed then, behind all the others, confirmed',
          anOrderIsConfirmed,
        );
      }),
    900_000,
  );

  it(
    'half-open: no service is told, and two heartbeats later all connect anew',
    () =>
      breakIt(async () => {
        const connections = await untilConnected();
        await shop.untilMoreAccepted(50);
        proxy.leaveHalfOpen();
        const within = GIVEN_UP_WITHIN_MS + CONNECTED_WITHIN_MS;
        const took = await measure('half-open: connected', () => allConnectAnew(connections, within));
        expect(took).toBeGreaterThan(2 * LOOK_MS - 1_000); // else they were told
        await measure(
          'half-open: an order that was placed then, behind all the others, confirmed',
          anOrderIsConfirmed,
        );
      }),
    900_000,
  );

  itInFull(
    'slow, 2 s each way: no connection is given up, and orders flow',
    () =>
      breakIt(async () => {
        const connections = await untilConnected();
        const before = await countDecided(shop);
        proxy.delay(2_000);
        await shop.untilMoreAccepted(100);
        await measure('slow: 20 orders decided', () =>
          eventually(async () => (await countDecided(shop)) >= before + 20, { within: 60_000 }),
        );
        expect(await shop.broker.connections()).toEqual(connections);
      }),
    900_000,
  );
});
