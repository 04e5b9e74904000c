import { eventually } from '../support/eventually';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { anOrder } from '../support/shop/order';
import { endlessRush } from '../support/shop/rush';
import { SERVICES, Shop } from '../support/shop/shop';

const CONSUMERS = ['inventory', 'email', 'sms'] as const;

/** Short, so that an outage can be longer. */
const RETRY_DELAYS_MS = [400, 800, 1_600];
const LONGER_THAN_THE_LADDER_MS = 4_000;

describe('Down is not lost', () => {
  let shop: Shop;
  let mailServer: MailServer;

  beforeAll(async () => {
    mailServer = await MailServer.start();
    const queues = {
      queueType: 'quorum',
      queueMaxLength: 1_000_000,
      retryDelaysMs: RETRY_DELAYS_MS,
    } as const;
    shop = await Shop.open({ queues, mailServer });
  });

  afterAll(async () => {
    await shop.close();
    await mailServer.stop();
  });

  const untilAllReady = (): Promise<void> =>
    eventually(
      async () => {
        for (const service of SERVICES) {
          expect((await shop.health(service)).body).toMatchObject({ status: 'ok' });
        }
      },
      { within: 20_000 },
    );

  it('every service starts without the broker; orders are taken, and flow when it is back', async () => {
    const { services, rabbitmq } = shop.suite;
    await Promise.all(SERVICES.map((service) => services.get(service).stop()));
    await rabbitmq.kill();
    await Promise.all(SERVICES.map((service) => services.get(service).launch()));

    await services.get('order-api').ready();
    const { status, body } = await shop.health('order-api');
    expect([status, body.status]).toEqual([200, 'degraded']);
    const { id } = await shop.placeOrder({ KAZOO: 1 });
    expect((await shop.order(id)).status).toBe('pending');
    for (const service of CONSUMERS) {
      await eventually(async () => expect((await shop.health(service)).status).toBe(503), { within: 20_000 });
      expect((await shop.health(service)).body.checks).toEqual({
        ...(service === 'inventory' && { outbox: 'up' }),
        database: 'up',
        broker: 'down',
      });
    }

    const pids = shop.pids();
    await rabbitmq.start();
    await shop.untilOrder(id, 'confirmed', { within: 20_000 });
    await untilAllReady();
    await invariant(shop);
    expect(shop.pids()).toEqual(pids);
  });

  it('the broker is restarted under load: no order is refused, and no service has to be started again', async () => {
    const pids = shop.pids();
    const refused = shop.refused;
    const customers = endlessRush(shop, { customers: 4, thinksMs: 100, wish: () => ({ 'PAPER-CLIP': 1 }) });
    try {
      await shop.suite.rabbitmq.stop();
      expect((await shop.health('order-api')).body.status).toBe('degraded');
      await shop.suite.rabbitmq.start();
      await untilAllReady();
    } finally {
      await customers.end();
    }
    expect(await invariant(shop)).toMatchObject({ refused, lost: 0 });
    expect(shop.pids()).toEqual(pids);
  });

  it('every connection to the broker is cut under load: all come back by themselves', async () => {
    const pids = shop.pids();
    const refused = shop.refused;
    const customers = endlessRush(shop, { customers: 4, thinksMs: 100, wish: () => ({ 'PAPER-CLIP': 1 }) });
    try {
      for (let round = 0; round < 3; round += 1) {
        await shop.untilMoreAccepted(20);
        await shop.broker.closeConnections(SERVICES);
        await untilAllReady();
      }
    } finally {
      await customers.end();
    }
    expect(await invariant(shop)).toMatchObject({ refused, lost: 0 });
    expect(shop.pids()).toEqual(pids);
  });

  it('the database is away for longer than the ladder: 503 meanwhile, no attempt is counted, nothing is a dead letter', async () => {
    const { postgres, services } = shop.suite;
    const retriesBefore = await shop.broker.entered('.retry.');
    const consumers = CONSUMERS.map((service) => services.get(service));

    // Held still, so that the messages meet a database that is away, and no delivery has begun.
    await Promise.all(consumers.map((consumer) => consumer.pause()));
    const placed = [await shop.placeOrder({ KAZOO: 1 }), await shop.placeOrder({ KAZOO: 2 })];
    const waiting = () => shop.databases.count('orders', 'select count(*) from outbox');
    await eventually(async () => expect(await waiting()).toBe(0));
    await postgres.kill();
    await Promise.all(consumers.map((consumer) => consumer.resume()));

    const since = performance.now();
    do {
      const { status, headers, body } = await shop.ask(anOrder({ KAZOO: 1 }));
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({ status: 503, type: expect.stringContaining('database-unavailable') });
      for (const service of SERVICES) expect((await shop.health(service)).status).toBe(503);
    } while (performance.now() - since < LONGER_THAN_THE_LADDER_MS);

    await postgres.start();
    for (const { id } of placed) await shop.untilOrder(id, 'confirmed', { within: 40_000 });
    await untilAllReady();
    expect(await invariant(shop)).toMatchObject({ lost: 0 });
    expect(await shop.broker.entered('.retry.')).toBe(retriesBefore);
  });

  it('the mail server is away for a while: mails wait, texts do not', async () => {
    await mailServer.stop();
    const order = await shop.placeOrder({ KAZOO: 1 });
    const failed = `select count(*) from deliveries where state = 'sending' and lease_until <= now()`;
    await eventually(async () => expect(await shop.databases.count('email', failed)).toBeGreaterThan(0));
    expect(await shop.mailsOf(order)).toEqual([]);
    await mailServer.start();
    await eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(2), { within: 10_000 });
    expect(await invariant(shop)).toMatchObject({ lost: 0 });
  });
});
