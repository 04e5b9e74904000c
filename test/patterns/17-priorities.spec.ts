import type { ConfirmChannel } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { openLesson, takeAll, textOf } from '../support/patterns/lesson';
import { reasonOf, tell } from '../support/patterns/story';

const ORDERS = [
  { text: 'standard 1', priority: 1 },
  { text: 'express 1', priority: 5 },
  { text: 'standard 2', priority: 1 },
  { text: 'recall', priority: 9 },
  { text: 'express 2', priority: 5 },
];

describe('17 Priorities', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;

  beforeAll(async () => {
    channel = await lesson.channel();
  });

  const publish = async (queue: string): Promise<void> => {
    for (const { text, priority } of ORDERS) channel.sendToQueue(queue, Buffer.from(text), { priority });
    await channel.waitForConfirms();
  };

  it('what waits leaves a priority queue by its priority, and within one by its age', async () => {
    await channel.assertQueue('by-priority', { maxPriority: 9 });
    await publish('by-priority');
    const received = await takeAll(channel, 'by-priority');
    tell(received.join(', '));
    expect(received).toEqual(['recall', 'express 1', 'express 2', 'standard 1', 'standard 2']);
  });

  it('a classic queue without the argument ignores the property', async () => {
    await channel.assertQueue('by-age');
    await publish('by-age');
    expect(await takeAll(channel, 'by-age')).toEqual(ORDERS.map(({ text }) => text));
  });

  it('what a consumer has been given already is not overtaken', async () => {
    await channel.assertQueue('prefetched', { maxPriority: 9 });
    channel.sendToQueue('prefetched', Buffer.from('standard 1'), { priority: 1 });
    channel.sendToQueue('prefetched', Buffer.from('standard 2'), { priority: 1 });
    const consumer = await lesson.channel();
    await consumer.prefetch(1);
    const received: string[] = [];
    await consumer.consume('prefetched', (message) => {
      received.push(textOf(message));
      // The first is held until the other messages are there.
      if (message !== null && received.length > 1) consumer.ack(message);
    });
    await eventually(() => expect(received).toEqual(['standard 1']));
    channel.sendToQueue('prefetched', Buffer.from('recall'), { priority: 9 });
    await channel.waitForConfirms();
    consumer.ackAll();
    await eventually(() => expect(received).toEqual(['standard 1', 'recall', 'standard 2']));
    tell(received.join(', '));
  });

  it('a quorum queue of RabbitMQ 3.10 has no priorities', async () => {
    const other = await lesson.channel();
    const declaring = other.assertQueue('quorum', {
      maxPriority: 9,
      arguments: { 'x-queue-type': 'quorum' },
    });
    const refused: unknown = await declaring.catch((error: unknown) => error);
    tell(reasonOf(refused));
    expect(String(refused)).toContain('x-max-priority');
  });
});
