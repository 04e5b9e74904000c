import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { randomUUID } from 'node:crypto';
import { ORDER_EVENTS } from '@app/contracts';
import { load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { cloudEvent } from '../support/shop/cloud-event';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { aCustomer, anOrder } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

const KIB = 1024;
const MIB = 1024 * KIB;

/** The largest body of a request, and of a message. */
const REQUEST_LIMIT = 64 * KIB;
const MESSAGE_LIMIT = MIB;

const CONSUMERS = ['inventory', 'email', 'sms'];

/** For each way to be too large. */
const ORDERS = load({ full: 1_000 });

describe('Fault 23: something is far too large', () => {
  let shop: Shop;
  let mailServer: MailServer;
  let pids: ReturnType<Shop['pids']>;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
    pids = shop.pids();
  });

  const rowsOf = (table: string) => shop.databases.count('orders', `select count(*) from ${table}`);
  const allRows = () => Promise.all(['orders', 'order_history', 'outbox', 'idempotency_keys'].map(rowsOf));
  /** A valid order that is made too large by a byte of white space. */
  const oversized = (): string => JSON.stringify(anOrder({ KAZOO: 1 })).padEnd(REQUEST_LIMIT + 1);

  /** Sends the body in pieces, and does not say beforehand how long it is. */
  const sendInPieces = async (body: string): Promise<{ status?: number; problem: unknown }> => {
    const sending = request(`${shop.suite.services.get('order-api').url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    });
    // The server need not read on once it has refused.
    sending.on('error', () => undefined);
    for (let from = 0; from < body.length; from += 16 * KIB) sending.write(body.slice(from, from + 16 * KIB));
    sending.end();
    const response = await new Promise<IncomingMessage>((answered) => sending.once('response', answered));
    return { status: response.statusCode, problem: await json(response) };
  };

  it('a request: 413, however it comes, and nothing of it is written', async () => {
    const before = await allRows();
    const key = { 'idempotency-key': randomUUID() };
    const { status, headers, body } = await shop.call('/orders', {
      method: 'POST',
      body: oversized(),
      headers: key,
    });
    expect(status).toBe(413);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: 413 });
    expect(await sendInPieces(oversized())).toMatchObject({ status: 413, problem: { status: 413 } });
    expect(await allRows()).toEqual(before);
  });

  it('requests, one after the other, under load: the others are served', async () => {
    const sendAll = async (): Promise<void> => {
      for (let count = 0; count < 50; count += 1) {
        expect((await shop.call('/orders', { method: 'POST', body: oversized() })).status).toBe(413);
      }
    };
    await underLoad(shop, sendAll, { orders: ORDERS });
    expect(await invariant(shop, { within: 120_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
  }, 300_000);

  it('the largest order of this catalogue is served', async () => {
    const everything = Object.fromEntries(shop.openingStock.map(({ sku }) => [sku, 1_000]));
    const customer = { ...aCustomer(), name: '🎺'.repeat(200) };
    const { id } = await shop.placeOrder(everything, customer);
    await shop.untilOrder(id, 'rejected');
    expect(await invariant(shop)).toMatchObject({ lost: 0, repeated: 0 });
  });

  it('a message of a stranger: a dead letter at once, and no order is held up', async () => {
    const large = 'x'.repeat(8 * MIB);
    const event = cloudEvent('order.gift-wrapped', randomUUID(), { large });
    const ids = [randomUUID(), randomUUID(), event.id];
    const [junk = '', nested = ''] = ids;
    const publishAll = async (): Promise<void> => {
      await shop.broker.publish(ORDER_EVENTS, large, { messageId: junk });
      await shop.broker.publish(ORDER_EVENTS, '{"data":['.repeat(MIB), { messageId: nested });
      await shop.broker.publishEvent(ORDER_EVENTS, event);
    };
    await underLoad(shop, publishAll, { orders: ORDERS });
    for (const service of CONSUMERS) {
      const queue = `${service}.order_events`;
      for (const id of ids) {
        const { properties } = await shop.broker.untilDead(queue, id);
        expect(properties.headers).toMatchObject({
          'x-reason': 'UNPARSEABLE_MESSAGE',
          'x-failed-attempts': 1,
        });
      }
      await shop.broker.purge(`${queue}.dead`);
    }
    expect(await invariant(shop, { within: 120_000 })).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
    expect(shop.pids()).toEqual(pids);
  }, 300_000);

  it('an event of a new type that is as large as may be is forgotten', async () => {
    const event = cloudEvent('order.gift-wrapped', randomUUID(), { large: '' });
    const room = MESSAGE_LIMIT - JSON.stringify(event).length;
    await shop.broker.publishEvent(ORDER_EVENTS, { ...event, data: { large: 'x'.repeat(room) } });
    expect(await invariant(shop)).toMatchObject({ refused: 0, lost: 0, repeated: 0 });
  });
});
