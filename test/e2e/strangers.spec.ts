import { randomUUID } from 'node:crypto';
import {
  CLOUD_EVENT_CONTENT_TYPE,
  INVENTORY_EVENTS,
  ORDER_EVENTS,
  OrderCancelled,
  OrderCreated,
  StockReserved,
} from '@app/contracts';
import { eventually } from '../support/eventually';
import { cloudEvent } from '../support/shop/broker-desk';
import type { EventWatch } from '../support/shop/event-watch';
import { aCustomer } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

const EURO = { amount: 100, currency: 'EUR' };
const CONSUMERS = ['inventory', 'email', 'sms'] as const;

describe('A stranger with any AMQP client', () => {
  let shop: Shop;
  let pids: ReturnType<Shop['pids']>;
  let watch: EventWatch;

  beforeAll(async () => {
    shop = await Shop.open();
    pids = shop.pids();
    watch = await shop.broker.watch(ORDER_EVENTS);
  });

  afterAll(async () => {
    await watch.close();
    await shop.close();
  });

  /** The order is served, whatever else is going on. */
  const expectServed = async (): Promise<void> => {
    const order = await shop.placeOrder({ KAZOO: 1 });
    await shop.untilOrder(order.id, 'confirmed');
    await eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(2));
    await eventually(async () => expect(await shop.textsOf(order)).toHaveLength(2));
  };

  it('sees every event as a CloudEvent whose AMQP properties tell what routing and tools need', async () => {
    const { id, customer, lines, total, createdAt } = await shop.placeOrder({ 'YO-YO': 3 });
    await eventually(() => expect(watch.typesOf(id)).toEqual(['order.created', 'order.confirmed']));

    for (const { message, event } of watch.about(id)) {
      expect(event).toEqual({
        specversion: '1.0',
        id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
        source: '/order-api',
        type: message.fields.routingKey,
        subject: id,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z$/),
        datacontenttype: 'application/json',
        dataschema: expect.stringMatching(`/${event.type}/v1$`),
        data: expect.any(Object),
      });
      expect(message.properties).toMatchObject({
        messageId: event.id,
        type: event.type,
        appId: 'order-api',
        timestamp: expect.any(Number),
        correlationId: expect.any(String),
        contentType: CLOUD_EVENT_CONTENT_TYPE,
        deliveryMode: 2,
        headers: { currency: 'EUR', traceparent: expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-\d\d$/) },
      });
      expect(Date.now() / 1000 - Number(message.properties.timestamp)).toBeLessThan(60);
    }
    const [created, confirmed] = watch.about(id).map(({ event }) => event.data);
    expect(created).toEqual({ orderId: id, version: 1, customer, lines, total, createdAt });
    expect(confirmed).toEqual({ orderId: id, version: 2, customer, total, at: expect.any(String) });
  });

  describe('who publishes what nobody can read', () => {
    const created = (change: object) => JSON.stringify({ ...orderCreated(), ...change });

    it.each([
      [
        'a message in a form of its own',
        `{"order_id":"ORD-1","user_id":"U-1","total":99.9,"created_at":"2026-01-02T03:04:05Z"}`,
        'INVALID_ENVELOPE',
        /specversion/,
      ],
      ['text', 'an order, please', 'UNPARSEABLE_MESSAGE', /not JSON/],
      ['nothing', '', 'UNPARSEABLE_MESSAGE', /not JSON/],
      ['a list', '[1, 2, 3]', 'INVALID_ENVELOPE', /not a JSON object/],
      [
        'a version to come',
        created({ dataschema: 'https://example.com/order.created/v2' }),
        'UNKNOWN_VERSION',
        /order\.created\/v2/,
      ],
      ['an order without lines', created({ data: { ...orderData(), lines: [] } }), 'INVALID_DATA', /lines/],
    ])(
      'finds %s among the dead letters of every service, with the reason',
      async (_, content, reason, error) => {
        const messageId = randomUUID();
        await shop.broker.publish(ORDER_EVENTS, content, { messageId, headers: { stranger: 'yes' } });
        for (const service of CONSUMERS) {
          const letter = await shop.broker.untilDead(`${service}.order_events`, messageId);
          expect(letter.payload).toBe(content);
          expect(letter.properties.headers).toMatchObject({
            stranger: 'yes',
            'x-reason': reason,
            'x-error': expect.stringMatching(error),
            'x-failed-attempts': 1,
            'x-failed-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          });
        }
        await expectServed();
      },
    );

    it('finds a message without an id there as well', async () => {
      await shop.broker.publish(ORDER_EVENTS, 'who am I?');
      for (const service of CONSUMERS) {
        await eventually(async () => {
          const letters = await shop.broker.deadLetters(`${service}.order_events`);
          expect(letters.map(({ payload }) => payload)).toContain('who am I?');
        });
      }
    });
  });

  it('who publishes an event of a new type bothers nobody', async () => {
    const event = cloudEvent('order.gift-wrapped', randomUUID(), { paper: 'red' });
    await shop.broker.publishEvent(ORDER_EVENTS, event);
    await expectServed();
    await shop.broker.quiet();
    for (const service of CONSUMERS) {
      const letters = await shop.broker.deadLetters(`${service}.order_events`);
      expect(letters.map(({ properties }) => properties.message_id)).not.toContain(event.id);
    }
  });

  it('who reports on an order that the order API does not know finds that among its dead letters', async () => {
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
    await expectServed();
  });

  it('who delivers the same event three times at once has one effect', async () => {
    const before = await shop.stock('LAVA-LAMP');
    const stockWatch = await shop.broker.watch(INVENTORY_EVENTS);
    const data = orderData({ sku: 'LAVA-LAMP', quantity: 2 });
    const event = cloudEvent(OrderCreated.type, data.orderId, data);
    await Promise.all([1, 2, 3].map(() => shop.broker.publishEvent(ORDER_EVENTS, event)));

    await eventually(() => expect(stockWatch.typesOf(data.orderId)).not.toEqual([]));
    const toldByMail = async () => (await shop.mails.all()).filter(({ to }) => to === data.customer.email);
    const toldByText = async () => (await shop.gateway.all()).filter(({ to }) => to === data.customer.phone);
    await eventually(async () => expect(await toldByMail()).not.toEqual([]));
    await eventually(async () => expect(await toldByText()).not.toEqual([]));
    // A copy that meets the first in hand comes back after a while, so all must be over before the effects are counted.
    await shop.broker.quiet();
    expect(stockWatch.typesOf(data.orderId)).toEqual(['stock.reserved']);
    expect((await shop.stock('LAVA-LAMP')).reserved).toBe(before.reserved + 2);
    expect(await toldByMail()).toHaveLength(1);
    expect(await toldByText()).toHaveLength(1);
    await stockWatch.close();
  });

  it('who cancels an order before inventory has heard of it keeps nothing reserved', async () => {
    const before = await shop.stock('GARDEN-GNOME');
    const stockWatch = await shop.broker.watch(INVENTORY_EVENTS);
    const { orderId, customer, total, ...data } = orderData({ sku: 'GARDEN-GNOME', quantity: 5 });
    const order = { orderId, customer, total };
    const cancellation = cloudEvent(OrderCancelled.type, orderId, {
      ...order,
      version: 2,
      at: new Date().toISOString(),
    });
    await shop.broker.publishEvent(ORDER_EVENTS, cancellation);
    await eventually(() => handledByInventory(cancellation.id));
    const late = cloudEvent(OrderCreated.type, orderId, { ...order, ...data });
    await shop.broker.publishEvent(ORDER_EVENTS, late);
    await eventually(() => handledByInventory(late.id));

    expect(await shop.stock('GARDEN-GNOME')).toEqual(before);
    await expectServed();
    expect(stockWatch.typesOf(orderId)).toEqual([]);
    await stockWatch.close();
  });

  it('has crashed nobody', () => {
    expect(shop.crashes).toEqual([]);
    expect(shop.pids()).toEqual(pids);
  });

  const handledByInventory = async (eventId: string): Promise<boolean> =>
    (await shop.databases.count('inventory', 'select count(*) from inbox where message_id = $1', [
      eventId,
    ])) === 1;
});

/** The data of an `order.created` that the order API knows nothing of. */
function orderData(line = { sku: 'KAZOO', quantity: 1 }) {
  return {
    orderId: randomUUID(),
    version: 1,
    customer: aCustomer(),
    lines: [{ ...line, name: 'What a stranger calls it', unitPrice: EURO }],
    total: EURO,
    createdAt: new Date().toISOString(),
  };
}

function orderCreated() {
  const data = orderData();
  return cloudEvent(OrderCreated.type, data.orderId, data);
}
