import { eventually } from '../support/eventually';
import { invariant } from '../support/shop/invariant';
import { MailServer, NOBODY } from '../support/shop/mail-server';
import { aCustomer, type Order } from '../support/shop/order';
import { Shop, type ShopOptions } from '../support/shop/shop';

const QUEUE = { email: 'email.order_events', sms: 'sms.order_events' } as const;

let shop: Shop;
let mailServer: MailServer;

async function open(options: ShopOptions): Promise<void> {
  mailServer = await MailServer.start();
  shop = await Shop.open({ ...options, mailServer });
}

async function close(): Promise<void> {
  await shop.close();
  await mailServer.stop();
}

/** An order with one event for the time being, as inventory decides nothing. */
async function placeUndecided(email?: string): Promise<Order> {
  await shop.suite.services.get('inventory').stop();
  return shop.placeOrder({ KAZOO: 1 }, aCustomer(email));
}

/** Inventory decides, and the order goes its way. */
async function decide(order: Order): Promise<void> {
  await shop.suite.services.get('inventory').start();
  await shop.untilOrder(order.id, 'confirmed');
}

/** How often a service has tried each of the messages that it was given. */
async function attempts(service: 'email' | 'sms'): Promise<number[]> {
  const sql = 'select attempts from deliveries order by updated_at, message_id';
  return (await shop.databases.rows<{ attempts: number }>(service, sql)).map((row) => row.attempts);
}

describe('A message that fails', () => {
  beforeAll(() => open({}));
  afterAll(close);

  it('is tried again after 1 s and after 5 s, by the one service that failed', async () => {
    await shop.gateway.breakWith({ kind: 'error', status: 500, times: 2 });
    const order = await placeUndecided();
    const placed = performance.now();
    await eventually(async () => expect(await shop.textsOf(order)).toHaveLength(1), { within: 15_000 });
    const seconds = (performance.now() - placed) / 1000;
    expect(seconds).toBeGreaterThan(5.9);
    expect(seconds).toBeLessThan(10);
    expect(await attempts('sms')).toEqual([3]);
    expect(await attempts('email')).toEqual([1]);
    expect(await shop.mailsOf(order)).toHaveLength(1);
    await decide(order);
    await invariant(shop);
    expect(await shop.broker.entered('email.order_events.retry')).toBe(0);
    expect(await shop.broker.entered('inventory.order_events.retry')).toBe(0);
  });

  it('is a dead letter at once when the SMS gateway refuses it for good', async () => {
    await shop.gateway.breakWith({ kind: 'error', status: 400, times: 1 });
    const order = await placeUndecided();
    await eventually(async () => expect(await shop.broker.deadLetters(QUEUE.sms)).toHaveLength(1));
    const [letter] = await shop.broker.deadLetters(QUEUE.sms);
    expect(JSON.parse(letter?.payload ?? '')).toMatchObject({ type: 'order.created', subject: order.id });
    expect(letter?.properties.headers).toMatchObject({
      'x-reason': 'TEXT_REFUSED',
      'x-error': expect.stringContaining('400'),
      'x-failed-attempts': 1,
    });
    await eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(1));
    await decide(order);
    await eventually(async () => expect(await shop.textsOf(order)).toHaveLength(1));
    await invariant(shop, { deadLetters: { 'sms.order_events.dead': 1 } });
  });

  it('is a dead letter at once when the mail server does not know the recipient', async () => {
    const order = await placeUndecided(NOBODY);
    await eventually(async () => expect(await shop.broker.deadLetters(QUEUE.email)).toHaveLength(1));
    const [letter] = await shop.broker.deadLetters(QUEUE.email);
    expect(letter?.properties.headers).toMatchObject({
      'x-reason': 'MAIL_REFUSED',
      'x-error': expect.stringContaining('550'),
      'x-failed-attempts': 1,
    });
    await decide(order);
    await invariant(shop, { deadLetters: { 'sms.order_events.dead': 1, 'email.order_events.dead': 2 } });
    expect(await shop.mailsOf(order)).toEqual([]);
    expect(await shop.textsOf(order)).toHaveLength(2);
  });
});

describe('A message that fails for ever', () => {
  const retryDelaysMs = [200, 400];

  beforeAll(() => open({ queues: { queueType: 'quorum', queueMaxLength: 1_000_000, retryDelaysMs } }));
  afterAll(close);

  it('is a dead letter after exactly the ladder, and holds up no other', async () => {
    await shop.gateway.breakWith({ kind: 'error', status: 500 });
    const order = await placeUndecided();
    await eventually(async () => expect(await shop.broker.deadLetters(QUEUE.sms)).toHaveLength(1));
    const [letter] = await shop.broker.deadLetters(QUEUE.sms);
    expect(letter?.properties.headers).toMatchObject({
      'x-reason': 'RETRIES_EXHAUSTED',
      'x-error': expect.stringContaining('500'),
      'x-failed-attempts': 3,
    });
    expect(await attempts('sms')).toEqual([3]);

    await shop.gateway.repair();
    await decide(order);
    await eventually(async () => expect(await shop.textsOf(order)).toHaveLength(1));
    await invariant(shop, { deadLetters: { 'sms.order_events.dead': 1 } });
    expect(await shop.mailsOf(order)).toHaveLength(2);
  });
});
