import { eventually } from '../../infra/eventually';
import { remark } from '../support/shop/figures';
import { load } from '../support/faults/load';
import { mostOften } from '../support/faults/most-often';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import type { GatewayFault } from '../support/shop/notifications';
import { Shop } from '../support/shop/shop';

/** For each kind of failure under load. */
const ORDERS = load({ full: 1_000 });

const QUEUE = 'sms.order_events';

/** Longer than the service waits for an answer. */
const TOO_LATE_MS = 12_000;

describe('Fault 17: the SMS gateway', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  /** How many seconds after its order the first text came, when this many sends failed before. */
  const secondsUntilTexted = async (fault: GatewayFault): Promise<number> => {
    const inventory = shop.suite.services.get('inventory');
    await inventory.stop(); // one event for the time being
    await shop.gateway.breakWith(fault);
    const placed = performance.now();
    const order = await shop.placeOrder({ KAZOO: 1 });
    await eventually(async () => expect(await shop.textsOf(order)).toHaveLength(1), { within: 20_000 });
    const seconds = (performance.now() - placed) / 1_000;
    await inventory.start();
    return seconds;
  };

  it('answers 500 twice: the text is tried again after 1 s and after 5 s, by the one service that failed', async () => {
    const seconds = await secondsUntilTexted({ kind: 'error', status: 500, times: 2 });
    expect(seconds).toBeGreaterThan(5.9);
    expect(seconds).toBeLessThan(15);
    expect(await invariant(shop)).toMatchObject({ lost: 0, repeated: 0 });
    expect(await shop.broker.entered('email.order_events.retry')).toBe(0);
    expect(await shop.broker.entered('inventory.order_events.retry')).toBe(0);
  });

  it('answers 429 with Retry-After: the text waits at least that long', async () => {
    const seconds = await secondsUntilTexted({ kind: 'error', status: 429, retryAfterSeconds: 3, times: 1 });
    expect(seconds).toBeGreaterThan(4.9);
    expect(seconds).toBeLessThan(15);
    expect(await invariant(shop)).toMatchObject({ lost: 0, repeated: 0 });
  });

  it('fails at the first text of an order: once a newer one was sent, the customer does not read the old one', async () => {
    await shop.suite.services.get('inventory').stop(); // one event for the time being
    await shop.gateway.breakWith({ kind: 'error', status: 429, retryAfterSeconds: 3, times: 1 });
    const order = await shop.placeOrder({ KAZOO: 1 });
    await untilRepaired();
    expect((await shop.cancel(order.id)).status).toBe(200);
    await shop.suite.services.get('inventory').start();
    expect(await invariant(shop)).toMatchObject({ lost: 0, repeated: 0, staleTexts: 1 });
    expect((await shop.textsOf(order)).map(({ title }) => title)).toEqual([
      expect.stringContaining('cancelled'),
    ]);
  });

  it('answers 429, answers 500 or breaks connections under load: sms pauses, every text is sent that is not stale, and none twice', async () => {
    await underLoad(
      shop,
      async () => {
        for (const fault of [
          { kind: 'error', status: 429, retryAfterSeconds: 1 },
          { kind: 'error', status: 500 },
          { kind: 'drop' },
        ] as const) {
          await shop.gateway.breakWith(fault);
          await untilProviderIs('degraded');
          await shop.gateway.repair();
          await untilProviderIs('up');
        }
      },
      { orders: ORDERS },
    );
    expect(await invariant(shop, { within: 120_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
  }, 300_000);

  it('takes a text and does not answer: it is sent once more, under the same key', async () => {
    const inventory = shop.suite.services.get('inventory');
    await inventory.stop(); // one event for the time being
    await shop.gateway.breakWith({ kind: 'drop', afterAccepting: true, times: 1 });
    const order = await shop.placeOrder({ KAZOO: 1 });
    await eventually(async () => expect(await shop.textsOf(order)).toHaveLength(2), { within: 20_000 });
    await inventory.start();
    expect(await invariant(shop)).toMatchObject({ lost: 0, repeatedMails: 0, repeatedTexts: 1 });
  });

  it('takes texts and answers too late or not at all: each is sent once more or is stale by then', async () => {
    const times = ORDERS / 100;
    const lostAnswers = 1 + 2 * times;
    const staleBefore = await shop.databases.count('sms', 'select count(*) from deliveries where stale');
    const triedLater = () => shop.broker.entered(`${QUEUE}.retry`);
    const triedLaterBefore = await triedLater();
    await underLoad(
      shop,
      async () => {
        for (const fault of [
          { kind: 'delay', delayMs: TOO_LATE_MS, afterAccepting: true, times },
          { kind: 'drop', afterAccepting: true, times },
        ] as const) {
          await shop.gateway.breakWith(fault);
          await untilRepaired();
        }
      },
      { orders: ORDERS },
    );
    const figures = await invariant(shop, { within: 180_000 });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeatedMails: 0 });
    // Ten answers that are missing in a row are an outage too: what came while it began was tried later, and may be stale by then.
    const cameAtTheOutage = (await triedLater()) - triedLaterBefore - 2 * times;
    const twiceOrStale = figures.repeatedTexts + figures.staleTexts - staleBefore;
    expect(figures.repeatedTexts).toBeLessThanOrEqual(lostAnswers);
    expect(twiceOrStale).toBeGreaterThanOrEqual(lostAnswers);
    expect(twiceOrStale).toBeLessThanOrEqual(lostAnswers + cameAtTheOutage);
    const most = mostOften(await shop.gateway.all());
    expect(most).toBe(2);
    remark(
      `${lostAnswers} answers were lost: ${figures.repeatedTexts} texts came twice, none more than ${most} times`,
    );
  }, 300_000);

  it('refuses a text for good: that is a dead letter at once', async () => {
    await shop.gateway.breakWith({ kind: 'error', status: 400, times: 1 });
    const order = await shop.placeOrder({ KAZOO: 1 });
    const [letter] = await shop.broker.untilDeadLetters(QUEUE, 1);
    expect(JSON.parse(letter?.payload ?? '')).toMatchObject({ subject: order.id });
    expect(letter?.properties.headers).toMatchObject({
      'x-reason': 'TEXT_REFUSED',
      'x-error': expect.stringContaining('400'),
      'x-failed-attempts': 1,
    });
    await invariant(shop, { deadLetters: { [`${QUEUE}.dead`]: 1 } });
  });

  const untilProviderIs = (health: 'up' | 'degraded'): Promise<void> =>
    eventually(
      async () => expect((await shop.health('sms')).body.checks).toMatchObject({ provider: health }),
      { within: 60_000 },
    );
  const untilRepaired = (): Promise<void> =>
    eventually(async () => expect(await shop.gateway.fault()).toBeNull(), { within: 60_000 });
});
