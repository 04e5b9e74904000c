import { randomUUID } from 'node:crypto';
import {
  AN_ORDER,
  answersExchangeName,
  AVAILABILITY,
  CLOUD_EVENT_CONTENT_TYPE,
  type CloudEvent,
  EMAIL_TASKS,
  EVENT_EXAMPLES,
  INVENTORY_EVENTS,
  OPS_ALERTS,
  ORDER_EVENTS,
  questionsExchangeName,
  SEVERITIES,
} from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { parsed } from '../../infra/json';
import { CheckedMessages } from '../support/contract/checked-messages';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { cloudEvent } from '../support/shop/cloud-event';
import { DATABASE_OF } from '../support/shop/databases';
import { EventWatch } from '../support/shop/event-watch';
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

  it('reads each event by the schema that it names', async () => {
    const stock = await shop.broker.watch(INVENTORY_EVENTS);
    const alerts = await EventWatch.on(shop.broker.url, OPS_ALERTS, SEVERITIES);
    const large = await shop.placeOrder({ 'DISCO-BALL': 36 });
    const soldOut = await shop.placeOrder({ 'SOLD-OUT-SOCKS': 1 });
    await shop.untilOrder(large.id, 'confirmed');
    await shop.cancel(large.id);
    await eventually(() => {
      const { id } = large;
      expect(watch.typesOf(id)).toEqual(['order.created', 'order.confirmed', 'order.cancelled']);
      expect(watch.typesOf(soldOut.id)).toEqual(['order.created', 'order.rejected']);
      expect([...stock.typesOf(id), ...stock.typesOf('DISCO-BALL')]).toEqual([
        'stock.reserved',
        'stock.released',
        'stock.low',
      ]);
      expect(stock.typesOf(soldOut.id)).toEqual(['stock.rejected']);
      expect(alerts.messages.length).toBeGreaterThan(0);
    });
    const contract = await CheckedMessages.of(shop);
    for (const message of [...watch.messages, ...stock.messages]) await contract.checkEvent(message);
    for (const message of alerts.messages) contract.check(OPS_ALERTS.name, message);
    await Promise.all([stock.close(), alerts.close()]);
  });

  it('reads the questions to inventory and the answers by the document', async () => {
    const direct = (name: string) => ({ name, type: 'direct' }) as const;
    const { url } = shop.broker;
    const questions = await EventWatch.on(url, direct(questionsExchangeName(AVAILABILITY)), [AVAILABILITY]);
    const untilSeen = ({ messages }: EventWatch) =>
      eventually(async () => {
        await shop.call('/products/KAZOO');
        expect(messages.length).toBeGreaterThan(0);
      });
    await untilSeen(questions);
    const replyTo = String(questions.messages[0]?.properties.replyTo);
    const answers = await EventWatch.on(url, direct(answersExchangeName(AVAILABILITY)), [replyTo]);
    await untilSeen(answers);
    const contract = await CheckedMessages.of(shop);
    for (const message of questions.messages) contract.check(AVAILABILITY, message);
    for (const message of answers.messages) contract.check(`${AVAILABILITY}.answer`, message);
    await Promise.all([questions.close(), answers.close()]);
  });

  describe('that publishes the examples of the document', () => {
    let examples: CheckedMessages['examples'];

    beforeAll(async () => {
      examples = (await CheckedMessages.of(shop)).examples;
    });

    /** Which of these events a service has handled, by their types. */
    const handledBy = async (service: string, events: readonly CloudEvent[]): Promise<string[]> => {
      const database = DATABASE_OF[service] ?? 'orders';
      const table = ['email', 'sms'].includes(service) ? 'deliveries' : 'inbox';
      const sql = `select message_id as id from ${table} where message_id = any($1)`;
      const rows = await shop.databases.rows<{ id: string }>(database, sql, [events.map(({ id }) => id)]);
      const handled = new Set(rows.map(({ id }) => id));
      return events.filter(({ id }) => handled.has(id)).map(({ type }) => type);
    };

    it('has each event handled like one of ours', async () => {
      const { id } = await shop.placeOrder({ KAZOO: 1 });
      await shop.untilOrder(id, 'confirmed');
      const events = EVENT_EXAMPLES.flatMap(({ eventClass: { type, exchange } }) =>
        (examples.get(type) ?? []).map((payload) => {
          const text = JSON.stringify(payload).replaceAll(AN_ORDER.id, id);
          return { exchange, event: { ...parsed<CloudEvent>(text), id: randomUUID() } };
        }),
      );
      for (const { exchange, event } of events) await shop.broker.publishEvent(exchange, event);
      const all = events.map(({ event }) => event);
      const told = ['order.created', 'order.confirmed', 'order.rejected', 'order.cancelled'];
      await eventually(
        async () => {
          expect(await handledBy('inventory', all)).toEqual([
            'order.created',
            'order.cancelled',
            'order.overdue',
          ]);
          expect(await handledBy('order-api', all)).toEqual(['stock.reserved', 'stock.rejected']);
          expect(await handledBy('email', all)).toEqual(told);
          expect(await handledBy('sms', all)).toEqual(told);
        },
        { within: 60_000 },
      );
      expect(new Set(all.map(({ type }) => type)).size).toBe(9);
    });

    it('has the task done', async () => {
      for (const task of examples.get(EMAIL_TASKS) ?? []) await shop.broker.enqueue(EMAIL_TASKS, task);
      const { customer } = AN_ORDER;
      await eventually(async () => {
        const mails = (await shop.mails.all()).filter(({ to }) => to === customer.email);
        expect(mails.map(({ title }) => title)).toContain('Your rubber chicken');
      });
    });
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
