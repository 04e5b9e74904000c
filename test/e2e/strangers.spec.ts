import { randomUUID } from 'node:crypto';
import { CLOUD_EVENT_CONTENT_TYPE, ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { cloudEvent } from '../support/shop/cloud-event';
import type { EventWatch } from '../support/shop/event-watch';
import { aCustomer } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

const CONSUMERS = ['inventory', 'email', 'sms'] as const;

describe('A stranger with any AMQP client', () => {
  let shop: Shop;
  let pids: ReturnType<Shop['pids']>;
  let watch: EventWatch;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(await Shop.open());
    pids = shop.pids();
    watch = closing(await shop.broker.watch(ORDER_EVENTS));
  });

  /** An order that is placed now is served. */
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

  it('may publish an event of a new type: no service stumbles over it', async () => {
    const event = cloudEvent('order.gift-wrapped', randomUUID(), { paper: 'red' });
    await shop.broker.publishEvent(ORDER_EVENTS, event);
    await expectServed();
    await shop.broker.quiet();
    for (const service of CONSUMERS) {
      const letters = await shop.broker.deadLetters(`${service}.order_events`);
      expect(letters.map(({ properties }) => properties.message_id)).not.toContain(event.id);
    }
  });

  it('makes no message stall a queue or kill a service', async () => {
    const stock = { sku: 'KAZOO', name: 'Kazoo', quantity: 1, unitPrice: { amount: 349, currency: 'EUR' } };
    const order = {
      orderId: randomUUID(),
      version: 1,
      customer: aCustomer(),
      lines: [stock],
      total: stock.unitPrice,
      createdAt: new Date().toISOString(),
    };
    const unwritable = { '!': 'double', value: 2 ** 50 + 0.5 };
    await shop.broker.publish(ORDER_EVENTS, 'poison', {
      messageId: 'failed half a time',
      headers: { 'x-failed-attempts': unwritable },
    });
    await shop.broker.publish(
      ORDER_EVENTS,
      JSON.stringify(cloudEvent('order.created', order.orderId, order)),
      {
        correlationId: 'no\0database keeps this',
        headers: { tracestate: 'nor=\0' },
      },
    );
    for (const service of CONSUMERS)
      await shop.broker.untilDead(`${service}.order_events`, 'failed half a time');
    // Inventory has handled it and told of it: order-api knows no such order.
    await eventually(async () => {
      const letters = await shop.broker.deadLetters('order-api.inventory_events');
      expect(letters.map(({ properties }) => properties.headers)).toContainEqual(
        expect.objectContaining({
          'x-reason': 'UNKNOWN_ORDER',
          'x-error': expect.stringContaining(order.orderId),
        }),
      );
    });
    await expectServed();
  });

  it('has crashed no service', () => {
    expect(shop.crashes).toEqual([]);
    expect(shop.pids()).toEqual(pids);
  });
});
