import type { ConfirmChannel } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { numbers, openLesson, takeAll, textOf } from '../support/patterns/lesson';
import { reasonOf, tell } from '../support/patterns/story';

describe('04 Exclusive or durable', () => {
  const lesson = openLesson();

  /** A queue of this connection alone, under a name that the broker invents. */
  const ownQueue = async (channel: ConfirmChannel, exchange: string): Promise<string> => {
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, exchange, '');
    return queue;
  };

  it('a consumer that was away finds all it missed in a durable queue, and its exclusive queue is gone', async () => {
    const publisher = await lesson.channel();
    await publisher.assertExchange('events', 'fanout');
    const away = await lesson.connect();
    const consumer = await away.createConfirmChannel();
    await consumer.assertQueue('service.events', { durable: true });
    await consumer.bindQueue('service.events', 'events', '');
    const exclusive = await ownQueue(consumer, 'events');
    await away.close();
    for (const text of numbers(1, 3)) publisher.publish('events', '', Buffer.from(text));
    await publisher.waitForConfirms();

    const back = await lesson.channel();
    const missed = await takeAll(back, 'service.events');
    tell(`three events while the consumer was away; its durable queue has ${missed.join(', ')}`);
    expect(missed).toEqual(['1', '2', '3']);
    await expect(back.checkQueue(exclusive)).rejects.toThrow('404 (NOT-FOUND)');
    tell(`its exclusive queue ${exclusive} is gone`);
  });

  it('no other connection may use an exclusive queue', async () => {
    const owner = await lesson.channel();
    const { queue } = await owner.assertQueue('mine', { exclusive: true });
    const other = await lesson.channel();
    const refused: unknown = await other.checkQueue(queue).catch((error: unknown) => error);
    tell(reasonOf(refused));
    expect(String(refused)).toContain('405 (RESOURCE-LOCKED)');
  });

  it('two replicas share a durable queue; with an exclusive queue for each, both get everything', async () => {
    const publisher = await lesson.channel();
    await publisher.assertExchange('orders', 'fanout');
    await publisher.assertQueue('email.orders', { durable: true });
    await publisher.bindQueue('email.orders', 'orders', '');
    const shared: string[][] = [[], []];
    const everything: string[][] = [[], []];
    for (const replica of [0, 1]) {
      const channel = await lesson.channel();
      const collect = async (queue: string, received: string[] = []): Promise<void> => {
        await channel.consume(queue, (message) => received.push(textOf(message)), { noAck: true });
      };
      await collect('email.orders', shared[replica]);
      await collect(await ownQueue(channel, 'orders'), everything[replica]);
    }
    for (const text of numbers(1, 6)) publisher.publish('orders', '', Buffer.from(text));

    await eventually(() => expect(everything).toEqual([numbers(1, 6), numbers(1, 6)]));
    await eventually(() => expect(shared.flat().sort()).toEqual(numbers(1, 6)));
    expect(shared.map(({ length }) => length)).toEqual([3, 3]);
    tell(`durable, shared: ${shared.map((one) => one.join(' ')).join(' | ')}`);
    tell(`exclusive, each its own: ${everything.map((one) => one.join(' ')).join(' | ')}`);
  });
});
