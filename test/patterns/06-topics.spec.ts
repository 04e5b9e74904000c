import type { ConfirmChannel } from 'amqplib';
import { openLesson, takeAll } from '../support/patterns/lesson';
import { tellTable } from '../support/patterns/story';

/** Words with dots between them, the general one first. */
const KEYS = ['order.created', 'order.cancelled', 'stock.low', 'stock.low.eu', 'order'];

/** `*` stands for exactly one word, `#` for none or more. */
const MATCHES = {
  'order.created': ['order.created'],
  'order.*': ['order.created', 'order.cancelled'],
  'order.#': ['order.created', 'order.cancelled', 'order'],
  '*.low': ['stock.low'],
  'stock.#': ['stock.low', 'stock.low.eu'],
  '#.eu': ['stock.low.eu'],
  '#': KEYS,
};

describe('06 Topics', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;

  beforeAll(async () => {
    channel = await lesson.channel();
    await channel.assertExchange('events', 'topic');
  });

  const listen = async (queue: string, ...patterns: string[]): Promise<void> => {
    await channel.assertQueue(queue);
    for (const pattern of patterns) await channel.bindQueue(queue, 'events', pattern);
  };

  const publishAll = async (): Promise<void> => {
    for (const key of KEYS) channel.publish('events', key, Buffer.from(key));
    await channel.waitForConfirms();
  };

  it('a topic exchange compares the routing key with patterns, word by word', async () => {
    for (const pattern of Object.keys(MATCHES)) await listen(pattern, pattern);
    await publishAll();
    const rows: string[][] = [];
    for (const [pattern, keys] of Object.entries(MATCHES)) {
      const received = await takeAll(channel, pattern);
      rows.push([pattern, received.join(', ')]);
      expect(received).toEqual(keys);
    }
    tellTable([['binding key', 'receives'], ...rows]);
  });

  it('a queue that two patterns of match gets the message once', async () => {
    await listen('twice', 'order.*', '*.created');
    await publishAll();
    const received = await takeAll(channel, 'twice');
    tellTable([['order.* and *.created', received.join(', ')]]);
    expect(received).toEqual(['order.created', 'order.cancelled']);
  });
});
