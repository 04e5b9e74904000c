import { isFull, load } from '../support/faults/load';
import { killAt } from '../support/faults/kill-at';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { Shop } from '../support/shop/shop';

/** Sends that a process has under way: so many it can repeat. */
const SENDS_AT_ONCE = 10;
const SENDING = { SENDS_AT_ONCE: String(SENDS_AT_ONCE) };

type Caller = 'email' | 'sms';

const isCaller = (service: string): service is Caller => service === 'email' || service === 'sms';

const PROVIDER_CALLS: readonly string[] = [
  'before-commit 15 ["sent"', // after the effect
  'before-commit 15 insert into deliveries', // before anything
  'after-commit 15 insert into deliveries', // before the effect
  'before-ack 15 order.',
];

/** The most telling place first. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'order-api': [
    'before-commit 5 delete from outbox', // after the confirm
    'before-commit 15 insert into orders',
    'after-commit 15 insert into orders',
    'before-confirm 15 order.created',
    'before-commit 15 insert into inbox',
    'before-ack 15 stock.reserved',
  ],
  inventory: [
    'before-ack 15 order.created',
    'before-commit 15 insert into inbox',
    'before-confirm 15 stock.reserved',
    'before-commit 5 delete from outbox',
  ],
  email: PROVIDER_CALLS,
  sms: PROVIDER_CALLS,
};

const allOf = (service: string): [string, string][] =>
  (PLACES[service] ?? []).map((place) => [service, place]);

/**
 * In the short run, where email stands for sms too. It comes first: the mails that it was sending when it was killed are sent again
 * once their lease of 30 s is over.
 */
const eachOnce = ['email', 'inventory', 'order-api'].flatMap((service) => allOf(service).slice(0, 1));

const ROUNDS: [string, [string, string][]][] = isFull
  ? Object.keys(PLACES).map((service) => [service, allOf(service)])
  : [['one service after the other', eachOnce]];

describe('Fault 01: a service kills itself (-9) at an exact place', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer, env: { email: SENDING, sms: SENDING } }));
  });

  it.each(ROUNDS)(
    '%s: its unfinished work is done again, few sends are repeated, and nothing is lost',
    async (_, kills) => {
      const before = await repeated();
      await underLoad(
        shop,
        async () => {
          for (const [service, place] of kills) await killAt(shop, service, place);
        },
        { orders: load({ full: 500 }), thinksMs: 1_000 },
      );
      const figures = await invariant(shop, { within: 300_000 });
      expect(figures.lost).toBe(0);
      const callers = kills.flatMap(([service]) => (isCaller(service) ? [service] : []));
      expect(figures.repeated - before).toBeLessThanOrEqual(callers.length * SENDS_AT_ONCE);
      for (const service of callers) expect(await cutShort(service)).toBeGreaterThan(0);
    },
    900_000,
  );

  /** Sends of a service that a kill has left without an end. Each was begun again, or newer news of its order had been sent by then. */
  const cutShort = (service: Caller): Promise<number> =>
    shop.databases.count(
      service,
      'select count(*) from deliveries where attempts > case when stale then 0 else 1 end',
    );

  /** Mails and texts that went out twice so far. */
  const repeated = async (): Promise<number> => {
    const [mails, texts] = [await shop.mails.all(), await shop.texts.all()];
    const distinct = [mails, texts].map((sent) => new Set(sent.map(({ eventId }) => eventId)).size);
    return mails.length + texts.length - distinct.reduce((sum, count) => sum + count, 0);
  };
});
