import { randomUUID } from 'node:crypto';
import { DEFAULT_QUEUE_SETTINGS, INVENTORY_EVENTS, ORDER_EVENTS, StockReserved } from '@app/contracts';
import { load } from '../support/faults/load';
import { POISON } from '../support/faults/poison';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { cloudEvent } from '../support/shop/cloud-event';
import { command } from '../support/shop/command';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { aCustomer } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

/** For each kind of poison. */
const ORDERS = load({ full: 1_000 });

const CONSUMERS = ['inventory', 'email', 'sms'];
const SHORT_LADDER = { ...DEFAULT_QUEUE_SETTINGS, retryDelaysMs: [200, 400, 800] };

describe('Fault 11: poison', () => {
  let shop: Shop;
  let mailServer: MailServer;
  let pids: ReturnType<Shop['pids']>;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer, queues: SHORT_LADDER }));
    pids = shop.pids();
  });

  it('a message that cannot be read is a dead letter of every service at once, with the reason, and holds up no order', async () => {
    const published = new Map(POISON.map((poison) => [randomUUID(), poison]));
    await underLoad(
      shop,
      async () => {
        for (const [messageId, { content }] of published) {
          await shop.untilMoreAccepted(20);
          await shop.broker.publish(ORDER_EVENTS, content, { messageId, headers: { stranger: 'yes' } });
        }
        await shop.broker.publish(ORDER_EVENTS, 'who am I?');
      },
      { orders: ORDERS },
    );
    for (const service of CONSUMERS) {
      const queue = `${service}.order_events`;
      for (const [messageId, { content, reason, error }] of published) {
        const letter = await shop.broker.untilDead(queue, messageId);
        expect(letter.payload).toBe(content);
        expect(letter.properties.headers).toMatchObject({
          stranger: 'yes',
          'x-reason': reason,
          'x-error': expect.stringMatching(error),
          'x-failed-attempts': 1,
          'x-failed-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        });
      }
      const letters = await shop.broker.untilDeadLetters(queue, published.size + 1);
      expect(letters.map(({ payload }) => payload)).toContain('who am I?');
      await shop.broker.purge(`${queue}.dead`);
    }
    expect(await invariant(shop, { within: 120_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
  }, 300_000);

  it('news of an order that the order API does not know is among its dead letters', async () => {
    const orderId = randomUUID();
    const lines = [{ sku: 'KAZOO', quantity: 1 }];
    const event = cloudEvent(StockReserved.type, orderId, { orderId, lines, at: new Date().toISOString() });
    await shop.broker.publishEvent(INVENTORY_EVENTS, event);
    const letter = await shop.broker.untilDead('order-api.inventory_events', event.id);
    expect(letter.properties.headers).toMatchObject({
      'x-reason': 'UNKNOWN_ORDER',
      'x-error': expect.stringContaining(orderId),
      'x-failed-attempts': 1,
    });
    await shop.broker.purge('order-api.inventory_events.dead');
  });

  it('what fails for ever is a dead letter after exactly the ladder, and its redrive makes all good', async () => {
    const queue = 'sms.order_events';
    const customer = aCustomer();
    const times = 1_000;
    await shop.gateway.breakWith({ kind: 'error', status: 500, to: customer.phone, times });
    await underLoad(shop, () => shop.placeOrder({ KAZOO: 1 }, customer), { orders: ORDERS });
    const deadLetters = { [`${queue}.dead`]: 2 };
    expect(await invariant(shop, { within: 120_000, deadLetters })).toMatchObject({ lost: 0, repeated: 0 });
    for (const { properties } of await shop.broker.deadLetters(queue)) {
      expect(properties.headers).toMatchObject({
        'x-reason': 'RETRIES_EXHAUSTED',
        'x-error': expect.stringContaining('500'),
        'x-failed-attempts': SHORT_LADDER.retryDelaysMs.length + 1,
      });
    }
    const calls = 2 * (SHORT_LADDER.retryDelaysMs.length + 1);
    expect(await shop.gateway.fault()).toMatchObject({ times: times - calls });
    expect(await shop.broker.entered('email.order_events.retry')).toBe(0);

    await shop.gateway.repair();
    await command(shop.broker.url, 'dead-letters', 'redrive', queue);
    expect(await invariant(shop, { within: 60_000 })).toMatchObject({ lost: 0, repeated: 0 });
  }, 300_000);

  it('has crashed no service', () => {
    expect(shop.pids()).toEqual(pids);
  });
});
