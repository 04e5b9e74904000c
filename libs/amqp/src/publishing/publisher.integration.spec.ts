import { eventually } from '../../../../infra/eventually';
import { MessagingHarness } from '../../../../test/support/messaging-harness';
import { Registry } from 'prom-client';
import { Scrape } from '../../../../test/support/scrape';
import { BrokerConnections } from '../connection/broker-connections';
import { Publisher } from './publisher';
import { BrokerUnavailable, MessageUnroutable, MessageUnwritable } from './publishing-errors';

/** An exchange that email may write to; the spec binds a queue of its own to it. */
const EXCHANGE = 'email.retry';
const QUEUE = 'unbuffered';

describe(Publisher.name, () => {
  let harness: MessagingHarness;
  let sut: Publisher;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email' });
    sut = harness.app.get(Publisher);
    await eventually(() => sut.isAvailable);
  });
  afterAll(() => harness.close());
  const message = (messageId: string) => ({
    exchange: EXCHANGE,
    routingKey: QUEUE,
    content: Buffer.from('?'),
    properties: { messageId },
  });

  const idsInQueue = async (): Promise<unknown[]> => {
    const ids: unknown[] = [];
    for (let taken = await harness.take(QUEUE); taken; taken = await harness.take(QUEUE))
      ids.push(taken.properties.messageId);
    return ids;
  };

  it('rejects at once while there is no broker, and buffers nothing for later', async () => {
    await harness.channel.assertQueue(QUEUE, { durable: true });
    await harness.channel.bindQueue(QUEUE, EXCHANGE, QUEUE);
    harness.broker.cut();
    await eventually(() => !sut.isAvailable);
    const started = performance.now();
    await expect(sut.publish(message('refused'))).rejects.toThrow(BrokerUnavailable);
    expect(performance.now() - started).toBeLessThan(500);
    harness.broker.restore();
    await eventually(() => sut.isAvailable);
    await sut.publish(message('taken'));
    await expect(idsInQueue()).resolves.toEqual(['taken']);
  });

  it('is measured by what the broker answered', async () => {
    const counts = async () => {
      const scrape = await Scrape.from(harness.app.get(Registry));
      return scrape.by('outcome', 'amqp_publish_duration_seconds_count', { exchange: EXCHANGE });
    };
    const before = await counts();
    const { confirmed = 0, unroutable = 0, unwritable = 0 } = before;
    await Promise.allSettled([
      sut.publish(message('taken')),
      sut.publish({ ...message('to nobody'), routingKey: 'nobody' }),
      sut.publish({ ...message(''), properties: { messageId: 'long', correlationId: 'x'.repeat(256) } }),
    ]);
    const one = { confirmed: confirmed + 1, unroutable: unroutable + 1, unwritable: unwritable + 1 };
    await expect(counts()).resolves.toEqual({ ...before, ...one });
    await expect(idsInQueue()).resolves.toEqual(['taken']);
  });

  it('comes back after the broker has closed its channel: amqplib ends the connection of a channel without a listener for its error', async () => {
    let connects = 0;
    harness.app.get(BrokerConnections).publishing.managedConnection.on('connect', () => (connects += 1));
    const forbidden = sut.publish({ ...message('forbidden'), exchange: 'amq.direct' });
    await expect(forbidden).rejects.toThrow(BrokerUnavailable);
    await eventually(() => sut.publish(message('taken')), { within: 10_000 });
    expect(connects).toBe(1);
    await expect(idsInQueue()).resolves.toEqual(['taken']);
  });

  it.each([
    ['a property', { correlationId: 'x'.repeat(256) }],
    ['a header', { headers: { fraction: 2 ** 50 + 0.5 } }],
    ['more headers than amqplib has space for', { headers: { long: 'x'.repeat(70_000) } }],
  ])(
    'refuses %s that cannot be written, and takes the next confirm for no other message',
    async (_, properties) => {
      const { exchange, routingKey, content } = message('');
      const unwritable = {
        exchange,
        routingKey,
        content,
        properties: { messageId: 'unwritable', ...properties },
      };
      await expect(sut.publish(unwritable)).rejects.toThrow(MessageUnwritable);
      const outcomes = await Promise.allSettled([
        sut.publish({ ...message('to nobody'), routingKey: 'nobody' }),
        sut.publish(message('taken')),
      ]);
      expect(outcomes).toMatchObject([{ reason: expect.any(MessageUnroutable) }, { status: 'fulfilled' }]);
      await expect(idsInQueue()).resolves.toEqual(['taken']);
    },
  );
});
