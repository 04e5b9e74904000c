import type { ConfirmChannel } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { numbers, openLesson, takeAll, textOf } from '../support/patterns/lesson';
import { tell, tellTable } from '../support/patterns/story';

describe('18 Order', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;

  beforeAll(async () => {
    channel = await lesson.channel();
  });

  const publishAll = async (queue: string, texts: readonly string[]): Promise<void> => {
    for (const text of texts) channel.sendToQueue(queue, Buffer.from(text));
    await channel.waitForConfirms();
  };

  it('competing consumers finish in another order than the queue had', async () => {
    await channel.assertQueue('competing');
    const finished: string[] = [];
    for (const _consumer of [1, 2]) {
      const consumer = await lesson.channel();
      await consumer.prefetch(1);
      await consumer.consume('competing', (message) => {
        const text = textOf(message);
        const done = (): void => {
          finished.push(text);
          if (message !== null) consumer.ack(message);
        };
        // The first message takes longer than any other.
        if (text === '1') void eventually(() => finished.length === 5).then(done);
        else done();
      });
    }
    await publishAll('competing', numbers(1, 6));
    await eventually(() => expect(finished.toSorted()).toEqual(numbers(1, 6)));
    tell(`1 took longer; finished: ${finished.join(' ')}`);
    expect(finished).not.toEqual(numbers(1, 6));
  });

  it('with a single active consumer one consumer has all messages, and the other takes over when it ends', async () => {
    const queue = 'single';
    await channel.assertQueue(queue, { arguments: { 'x-single-active-consumer': true } });
    const received: string[] = [];
    const consumers = [await lesson.channel(), await lesson.channel()];
    for (const [index, consumer] of consumers.entries()) {
      await consumer.consume(queue, (message) => {
        received.push(`${'AB'.charAt(index)}${textOf(message)}`);
        if (message !== null) consumer.ack(message);
      });
    }
    await publishAll(queue, numbers(1, 3));
    await eventually(() => expect(received).toEqual(['A1', 'A2', 'A3']));
    await consumers[0]?.close();
    await publishAll(queue, numbers(4, 6));
    await eventually(() => expect(received).toEqual(['A1', 'A2', 'A3', 'B4', 'B5', 'B6']));
    tell(received.join(' '));
  });

  it('a consistent-hash exchange gives all messages of an order to the same queue, in their order', async () => {
    const queues = ['orders-1', 'orders-2', 'orders-3'];
    const orders = numbers(1, 30).map((number) => `order-${number}`);
    const states = ['created', 'confirmed', 'cancelled'];
    await channel.assertExchange('by-order', 'x-consistent-hash');
    for (const queue of queues) {
      await channel.assertQueue(queue);
      // Not a key but a weight: so much of the ring.
      await channel.bindQueue(queue, 'by-order', '10');
    }
    for (const state of states)
      for (const order of orders) channel.publish('by-order', order, Buffer.from(`${order} ${state}`));
    await channel.waitForConfirms();

    const places = new Map<string, string[]>();
    const rows: string[][] = [];
    for (const queue of queues) {
      const texts = await takeAll(channel, queue);
      const here = new Set(texts.map((text) => text.split(' ')[0] ?? ''));
      rows.push([queue, `${here.size} orders`, `${texts.length} messages`]);
      for (const order of here)
        expect(texts.filter((text) => text.startsWith(`${order} `))).toEqual(
          states.map((state) => `${order} ${state}`),
        );
      for (const order of here) places.set(order, [...(places.get(order) ?? []), queue]);
    }
    tellTable(rows);
    expect(places.size).toBe(orders.length);
    expect([...places.values()].filter((found) => found.length > 1)).toEqual([]);
    expect(new Set([...places.values()].flat()).size).toBeGreaterThan(1);
  });
});
