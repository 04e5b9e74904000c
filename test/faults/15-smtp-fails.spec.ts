import { DEFAULT_QUEUE_SETTINGS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { command } from '../support/shop/command';
import { invariant } from '../support/shop/invariant';
import type { MailFault } from '../support/shop/mail-fault';
import { MailServer, NOBODY } from '../support/shop/mail-server';
import { aCustomer } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

/** For each way to fail. */
const ORDERS = load({ full: 400 });

const QUEUE = 'email.order_events';
const DEAD = `${QUEUE}.dead`;

describe('Fault 15: the mail server', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  it.each<[string, MailFault]>([
    ['hangs', { kind: 'hang' }],
    ['drops connections', { kind: 'drop' }],
    ['answers 451', { kind: 'error', code: 451 }],
    ['answers 421', { kind: 'error', code: 421 }],
  ])(
    '%s for a while: email pauses, the mails are sent later, once, and the texts do not wait',
    async (_, fault) => {
      await underLoad(
        shop,
        async () => {
          await shop.untilMoreAccepted(50);
          mailServer.breakWith(fault);
          await untilEmailPauses();
          await untilTexted(await shop.placeOrder({ KAZOO: 1 }));
          mailServer.repair();
        },
        { orders: ORDERS },
      );
      expect(await invariant(shop, { within: 180_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    },
    300_000,
  );

  it('is away for a while: email pauses, the mails are sent later, once, and the texts do not wait', async () => {
    await underLoad(
      shop,
      async () => {
        await mailServer.stop();
        await untilEmailPauses();
        await untilTexted(await shop.placeOrder({ KAZOO: 1 }));
        await mailServer.start();
      },
      { orders: ORDERS },
    );
    expect(await invariant(shop, { within: 180_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    expect((await shop.health('email')).body.checks).toMatchObject({ provider: 'up' });
  }, 300_000);

  it('answers 550 to a recipient: that is a dead letter at once, and holds up no other', async () => {
    await underLoad(shop, () => shop.placeOrder({ KAZOO: 1 }, aCustomer(NOBODY)), {
      orders: ORDERS,
    });
    const figures = await invariant(shop, { within: 120_000, deadLetters: { [DEAD]: 2 } });
    expect(figures).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    for (const { properties } of await shop.broker.deadLetters(QUEUE)) {
      expect(properties.headers).toMatchObject({
        'x-reason': 'MAIL_REFUSED',
        'x-error': expect.stringContaining('550'),
        'x-failed-attempts': 1,
      });
    }
  }, 300_000);

  const untilEmailPauses = (): Promise<void> =>
    eventually(
      async () => expect((await shop.health('email')).body.checks).toMatchObject({ provider: 'degraded' }),
      { within: 30_000 },
    );
  const untilTexted = (order: Parameters<Shop['textsOf']>[0]): Promise<void> =>
    eventually(async () => expect((await shop.textsOf(order)).length).toBeGreaterThan(0), { within: 20_000 });
});

describe('Fault 15: a mail server, and a ladder of 1.4 s', () => {
  const retryDelaysMs = [200, 400, 800];
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer, queues: { ...DEFAULT_QUEUE_SETTINGS, retryDelaysMs } }));
  });

  it('is away for longer than the whole ladder: there is no dead letter', async () => {
    await underLoad(
      shop,
      async () => {
        await mailServer.stop();
        const stopped = performance.now();
        await eventually(() => performance.now() - stopped > 3 * sum(retryDelaysMs), { every: 200 });
        await mailServer.start();
      },
      { orders: ORDERS },
    );
    expect(await invariant(shop, { within: 120_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
  }, 300_000);

  it('never gets well for one recipient: that leaves dead letters after exactly the ladder, and their redrive makes all good', async () => {
    const customer = aCustomer();
    mailServer.breakWith({ kind: 'error', code: 451, to: customer.email });
    await underLoad(shop, () => shop.placeOrder({ KAZOO: 1 }, customer), { orders: ORDERS });
    await invariant(shop, { within: 120_000, deadLetters: { [DEAD]: 2 } });
    for (const { properties } of await shop.broker.deadLetters(QUEUE)) {
      expect(properties.headers).toMatchObject({
        'x-reason': 'RETRIES_EXHAUSTED',
        'x-error': expect.stringContaining('451'),
        'x-failed-attempts': retryDelaysMs.length + 1,
      });
    }
    mailServer.repair();
    await command(shop.broker.url, 'dead-letters', 'redrive', QUEUE);
    expect(await invariant(shop, { within: 60_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
  }, 300_000);
});

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
