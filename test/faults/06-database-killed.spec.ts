import { eventually } from '../../infra/eventually';
import { isFull, load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { anOrder } from '../support/shop/order';
import { SERVICES, Shop } from '../support/shop/shop';

const CONSUMERS = ['inventory', 'email', 'sms'] as const;

/** Short, so that an outage can be longer. */
const RETRY_DELAYS_MS = [400, 800, 1_600];
const LONGER_THAN_THE_LADDER_MS = 4_000;

const ROUNDS = isFull ? 3 : 2;

describe('Fault 06: the database is killed', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    const queues = {
      queueType: 'quorum',
      queueMaxLength: 1_000_000,
      retryDelaysMs: RETRY_DELAYS_MS,
    } as const;
    shop = closing(await Shop.open({ queues, mailServer }));
  });

  it('again and again under load: what was accepted is kept, what was not is refused, and all of it flows when it is back', async () => {
    const { postgres } = shop.suite;
    const pids = shop.pids();
    await underLoad(shop, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await shop.untilMoreAccepted(100);
        const refused = shop.refused;
        await postgres.kill();
        await eventually(() => shop.refused > refused, { within: 20_000 });
        await postgres.start();
      }
    });
    // What a relay or a sender was working on when the database died goes out once its lease of 30 s is over.
    const figures = await invariant(shop, { within: 300_000 });
    expect(figures.lost).toBe(0);
    expect(figures.accepted).toBeGreaterThanOrEqual(load());
    expect(shop.pids()).toEqual(pids);
  }, 900_000);

  it('for longer than the ladder: 503 meanwhile, no attempt is counted, nothing is a dead letter', async () => {
    const { postgres, services } = shop.suite;
    const retriesBefore = await shop.broker.entered('.retry.');
    const hold = (signal: NodeJS.Signals) =>
      CONSUMERS.forEach((service) => process.kill(services.get(service).pid ?? NaN, signal));

    // Held still, so that the messages meet a database that is away, and no delivery has begun.
    hold('SIGSTOP');
    const placed = [await shop.placeOrder({ KAZOO: 1 }), await shop.placeOrder({ KAZOO: 2 })];
    const waiting = () => shop.databases.count('orders', 'select count(*) from outbox');
    await eventually(async () => expect(await waiting()).toBe(0));
    await postgres.kill();
    hold('SIGCONT');

    const since = performance.now();
    do await expectUnavailable();
    while (performance.now() - since < LONGER_THAN_THE_LADDER_MS);

    await postgres.start();
    for (const { id } of placed) await shop.untilOrder(id, 'confirmed', { within: 40_000 });
    await shop.untilReady();
    expect(await invariant(shop)).toMatchObject({ lost: 0 });
    expect(await shop.broker.entered('.retry.')).toBe(retriesBefore);
  });

  const expectUnavailable = async (): Promise<void> => {
    const { status, headers, body } = await shop.ask(anOrder({ KAZOO: 1 }));
    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: 503, type: expect.stringContaining('database-unavailable') });
    for (const service of SERVICES) expect((await shop.health(service)).status).toBe(503);
  };
});
