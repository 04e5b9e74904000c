import {
  answersExchangeName,
  AVAILABILITY,
  EMAIL_TASKS,
  INVENTORY_EVENTS,
  ORDER_EVENTS,
  questionsExchangeName,
  queueName,
} from '@app/contracts';
import { connect, type Channel, type ChannelModel, type ConsumeMessage } from 'amqplib';
import { Client } from 'pg';
import { eventually } from '../../infra/eventually';
import { AmqpClient } from '../support/shop/amqp-client';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { EventWatch } from '../support/shop/event-watch';
import { aCustomer } from '../support/shop/order';
import { SERVICES, Shop } from '../support/shop/shop';

const DATABASE_OF: Readonly<Record<string, string>> = { 'order-api': 'orders' };
const databaseOf = (service: string): string => DATABASE_OF[service] ?? service;

type Attempt = [user: string, what: string, attempt: (channel: Channel) => unknown];

/** A program that knows nothing but a URL. */
class Program extends AmqpClient {
  constructor(readonly url: string) {
    super();
  }
}

describe('What each user may do', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(await Shop.open({ without: ['sms', 'sms-gateway'] }));
  });

  describe('on the broker', () => {
    const INBOX = queueName('email', ORDER_EVENTS);
    const QUESTIONS = questionsExchangeName(AVAILABILITY);
    const ANSWERS = answersExchangeName(AVAILABILITY);

    it.each<Attempt>([
      ['email', 'publish to order_events', (channel) => publish(channel, ORDER_EVENTS.name)],
      ['sms', 'publish to inventory_events', (channel) => publish(channel, INVENTORY_EVENTS.name)],
      ['order-api', 'publish in the name of inventory', (channel) => publish(channel, INVENTORY_EVENTS.name)],
      ...SERVICES.map((service): Attempt => [
        service,
        'publish past the exchanges',
        (channel) => publish(channel, ''),
      ]),
      ['order-api', 'answer in the name of inventory', (channel) => publish(channel, ANSWERS)],
      ['order-api', "take inventory's questions", (channel) => channel.get(AVAILABILITY)],
      ['order-api', 'overhear the questions', (channel) => listen(channel, QUESTIONS)],
      [
        'order-api',
        'listen to more than the answers with a queue of its own',
        (channel) => listen(channel, ORDER_EVENTS.name),
      ],
      [
        'order-api',
        'let a queue of its own publish for it',
        (channel) => deadLetterPastTheExchanges(channel),
      ],
      ['order-api', 'declare a queue that it names', (channel) => channel.assertQueue('a-queue-of-my-own')],
      ['inventory', 'ask itself', (channel) => publish(channel, QUESTIONS)],
      ['inventory', 'declare a queue for answers', (channel) => ownQueue(channel)],
      ['email', 'ask inventory', (channel) => publish(channel, QUESTIONS)],
      ['sms', "answer in inventory's name", (channel) => publish(channel, ANSWERS)],
      ['sms', "fill email's dead letters", (channel) => publish(channel, 'email.retry')],
      ['sms', "read email's queue", (channel) => channel.consume(INBOX, () => undefined)],
      ['email', "empty inventory's queue", (channel) => channel.purgeQueue('inventory.order_events')],
      ['email', 'declare a queue', (channel) => channel.assertQueue('a-queue-of-my-own')],
      ['email', 'delete its queue', (channel) => channel.deleteQueue(INBOX)],
      ...['tail', 'visitor'].flatMap((user): Attempt[] => [
        [user, 'publish an event', (channel) => publish(channel, ORDER_EVENTS.name)],
        [user, "read a service's queue", (channel) => channel.get(INBOX)],
        [user, "empty a service's queue", (channel) => channel.purgeQueue(INBOX)],
        [user, "delete a service's queue", (channel) => channel.deleteQueue(INBOX)],
        [user, "bind a service's queue", (channel) => channel.bindQueue(INBOX, INVENTORY_EVENTS.name, '#')],
        [user, 'declare a queue that it names', (channel) => channel.assertQueue('a-queue-of-my-own')],
        [user, 'declare an exchange', (channel) => channel.assertExchange('an-exchange-of-my-own', 'fanout')],
        [user, 'answer in the name of inventory', (channel) => publish(channel, ANSWERS)],
        [user, 'overhear the questions', (channel) => listen(channel, QUESTIONS)],
        [user, "take inventory's questions", (channel) => channel.get(AVAILABILITY)],
      ]),
      ['tail', 'publish past the exchanges', (channel) => publish(channel, '')],
      ['tail', 'let a queue of its own publish for it', (channel) => deadLetterPastTheExchanges(channel)],
      ['tail', 'ask inventory', (channel) => publish(channel, QUESTIONS)],
      ['tail', 'listen to answers', (channel) => listen(channel, ANSWERS)],
      ['tail', 'declare a work queue', (channel) => channel.assertQueue(EMAIL_TASKS, { durable: true })],
      ['visitor', 'read a work queue', (channel) => channel.get(EMAIL_TASKS)],
    ])('%s may not %s', async (user, _, attempt) => {
      await connected(user, async (connection) => {
        expect(await answerTo(connection, attempt)).toContain('ACCESS_REFUSED');
      });
    });

    it.each([
      ['order-api', ORDER_EVENTS.name],
      ['order-api', QUESTIONS],
      ['inventory', ANSWERS],
    ])(
      '%s may publish to %s: it is not for another reason that others may not',
      async (service, exchange) => {
        await connected(service, async (connection) => {
          const channel = await connection.createConfirmChannel();
          channel.publish(exchange, '', Buffer.from('a test of rights'));
          await channel.waitForConfirms();
        });
      },
    );

    it('order-api may listen to answers', async () => {
      await connected('order-api', async (connection) => {
        await listen(await connection.createChannel(), ANSWERS);
      });
    });

    it.each(['tail', 'visitor'])('%s sees the events of an order, by a queue of its own', async (user) => {
      const url = shop.broker.urlFor(user);
      const orders = closing(await EventWatch.on(url, ORDER_EVENTS));
      const stock = closing(await EventWatch.on(url, INVENTORY_EVENTS));
      const { id } = await shop.placeOrder({ KAZOO: 1 });
      await eventually(() => expect(orders.typesOf(id)).toEqual(['order.created', 'order.confirmed']));
      await eventually(() => expect(stock.typesOf(id)).toEqual(['stock.reserved']));
    });

    it.each([
      ['the exchange of the questions', QUESTIONS],
      ['the queue, past the exchanges', ''],
    ])('visitor asks inventory by %s, and is answered', async (_, exchange) => {
      await connected('visitor', async (connection) => {
        const channel = await connection.createChannel();
        const { queue: replyTo } = await ownQueue(channel);
        await channel.bindQueue(replyTo, ANSWERS, replyTo);
        const answers: (ConsumeMessage | null)[] = [];
        await channel.consume(replyTo, (answer) => answers.push(answer), { noAck: true });
        const question = { pattern: AVAILABILITY, data: { sku: 'SOLD-OUT-SOCKS' }, id: 'a-question' };
        const properties = { replyTo, correlationId: question.id };
        channel.publish(exchange, AVAILABILITY, Buffer.from(JSON.stringify(question)), properties);
        await eventually(() => expect(answers).toHaveLength(1));
        expect(answers[0]?.properties.correlationId).toBe(question.id);
        expect(JSON.parse(String(answers[0]?.content))).toMatchObject({ response: { available: 0 } });
      });
    });

    it('visitor has a mail sent, by a plain declaration of the work queue', async () => {
      const task = { to: aCustomer().email, subject: 'From a visitor', content: 'Hello' };
      await new Program(shop.broker.urlFor('visitor')).enqueue(EMAIL_TASKS, task);
      const sent = async () => (await shop.mails.all()).filter(({ title }) => title === task.subject);
      await eventually(async () => expect(await sent()).toHaveLength(1));
    });

    it('a queue that a visitor forgets drops its oldest messages beyond 10,000', async () => {
      await connected('visitor', async (connection) => {
        const channel = await connection.createConfirmChannel();
        const { queue } = await ownQueue(channel);
        for (let number = 0; number < 10_005; number += 1)
          channel.sendToQueue(queue, Buffer.from(`${number}`));
        await channel.waitForConfirms();
        const oldest = await channel.get(queue);
        expect(String(oldest && oldest.content)).toBe('5');
      });
    });

    const ownQueue = (channel: Channel, args: object = {}) =>
      channel.assertQueue('', { exclusive: true, durable: false, arguments: args });

    const listen = async (channel: Channel, exchange: string): Promise<unknown> =>
      channel.bindQueue((await ownQueue(channel)).queue, exchange, AVAILABILITY);

    const deadLetterPastTheExchanges = (channel: Channel): Promise<unknown> =>
      ownQueue(channel, { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': INBOX });

    const publish = (channel: Channel, exchange: string): boolean =>
      channel.publish(exchange, 'email.order_events.dead', Buffer.from('a test of rights'));

    async function connected(user: string, work: (connection: ChannelModel) => Promise<void>): Promise<void> {
      const connection = await connect(shop.broker.urlFor(user));
      try {
        await work(connection);
      } finally {
        await connection.close();
      }
    }

    /** The broker refuses by closing the channel. */
    async function answerTo(
      connection: ChannelModel,
      attempt: (channel: Channel) => unknown,
    ): Promise<string> {
      const channel = await connection.createChannel();
      const closed = new Promise<string>((resolve) => {
        channel.once('error', ({ message }: Error) => resolve(message));
      });
      await Promise.resolve(attempt(channel)).catch(() => undefined);
      // Any answer to this comes after a refusal; without one the attempt was let through.
      const through = channel.checkExchange(ORDER_EVENTS.name).then(() => 'done');
      return Promise.race([closed, through.catch(() => closed)]);
    }
  });

  describe('on the database server', () => {
    const others = SERVICES.flatMap((service) =>
      [...SERVICES.filter((other) => other !== service).map(databaseOf), 'postgres'].map(
        (database): [string, string] => [service, database],
      ),
    );

    it.each(others)('%s may not connect to database %s', async (service, database) => {
      await expect(select1(shop.suite.postgres.url(database, service))).rejects.toThrow(/permission denied/);
    });

    it.each(SERVICES)('%s may connect to its own', async (service) => {
      await select1(shop.suite.postgres.url(databaseOf(service), service));
    });

    async function select1(connectionString: string): Promise<void> {
      const client = new Client({ connectionString });
      try {
        await client.connect();
        await client.query('select 1');
      } finally {
        await client.end();
      }
    }
  });
});
