import { addressOf } from '../support/addresses';
import { eventually } from '../support/eventually';
import { remark } from '../support/faults/figures';
import { isFull, itInFull, load } from '../support/faults/load';
import { countDecided } from '../support/faults/progress';
import { underLoad } from '../support/faults/under-load';
import { Link } from '../support/link';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { SharedBroker } from '../support/shop/shared-broker';
import { SERVICES, Shop } from '../support/shop/shop';
import type { ShopBroker } from '../support/shop/shop-broker';

/** The clients look every 5 s, and give up a peer that was silent for two whole looks. */
const LOOK_MS = 5_000;
const GIVEN_UP_WITHIN_MS = 3 * LOOK_MS;

/** They try again a second later; the rest is for a machine that is busy. */
const CONNECTED_WITHIN_MS = 8_000;

/** For each way to break it. */
const ORDERS = load({ full: 700 });

/** A broker that the services, and only they, reach by the link. */
const behind = (link: Link, broker: ShopBroker): ShopBroker => ({
  rabbitmq: broker.rabbitmq,
  accounts: broker.accounts,
  administratorUrls: broker.administratorUrls,
  urlFor: (service) => link.through(broker.urlFor(service)),
  close: () => broker.close(),
});

describe('Fault 05: the network between the services and the broker', () => {
  let shop: Shop;
  let mailServer: MailServer;
  let link: Link;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    link = closing(await Link.to(addressOf('rabbitmq')));
    shop = closing(await Shop.open({ mailServer, broker: behind(link, await SharedBroker.open()) }));
  });

  /** No order may be refused, and no service may need to be started again. */
  const breakIt = async (fault: () => Promise<unknown>): Promise<void> => {
    const pids = shop.pids();
    try {
      await underLoad(shop, fault, { orders: ORDERS, thinksMs: isFull ? 500 : 1_500 });
    } finally {
      link.restore();
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
        link.cut();
        await shop.untilMoreAccepted(200);
        expect((await shop.health('order-api')).body).toMatchObject({ status: 'degraded' });
        link.restore();
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
        link.leaveHalfOpen();
        const within = GIVEN_UP_WITHIN_MS + CONNECTED_WITHIN_MS;
        const took = await measure('half-open: connected', () => allConnectAnew(connections, within));
        expect(took).toBeGreaterThan(LOOK_MS); // else they were told
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
        link.delay(2_000);
        await shop.untilMoreAccepted(100);
        await measure('slow: 20 orders decided', () =>
          eventually(async () => (await countDecided(shop)) >= before + 20, { within: 60_000 }),
        );
        expect(await shop.broker.connections()).toEqual(connections);
      }),
    900_000,
  );
});
