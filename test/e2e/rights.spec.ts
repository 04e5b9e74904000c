import {
  answersExchangeName,
  AVAILABILITY,
  INVENTORY_EVENTS,
  ORDER_EVENTS,
  questionsExchangeName,
  queueName,
} from '@app/contracts';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { Client } from 'pg';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { SERVICES, Shop } from '../support/shop/shop';

const DATABASE_OF: Readonly<Record<string, string>> = { 'order-api': 'orders' };
const databaseOf = (service: string): string => DATABASE_OF[service] ?? service;

type Attempt = [service: string, what: string, attempt: (channel: Channel) => unknown];

describe('What a service may do', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(await Shop.open());
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
    ])('%s may not %s', async (service, _, attempt) => {
      await asService(service, async (connection) => {
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
        await asService(service, async (connection) => {
          const channel = await connection.createConfirmChannel();
          channel.publish(exchange, '', Buffer.from('a test of rights'));
          await channel.waitForConfirms();
        });
      },
    );

    it('order-api may listen to answers', async () => {
      await asService('order-api', async (connection) => {
        await listen(await connection.createChannel(), ANSWERS);
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

    async function asService(
      service: string,
      work: (connection: ChannelModel) => Promise<void>,
    ): Promise<void> {
      const connection = await connect(shop.broker.urlFor(service));
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
