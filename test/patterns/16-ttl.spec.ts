import type { ConfirmChannel, GetMessage } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { openLesson, takeAll } from '../support/patterns/lesson';
import { duration, tell } from '../support/patterns/story';

const SHORT_MS = 100;
const LONG_MS = 1_000;

describe('16 Time to live', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;

  beforeAll(async () => {
    channel = await lesson.channel();
  });

  /** Waits for the one message of a queue, and tells how long it took. */
  const arriving = async (queue: string): Promise<{ message: GetMessage; ms: number }> => {
    const start = performance.now();
    const message = await eventually(() => channel.get(queue, { noAck: true }), { every: 5 });
    return { message, ms: performance.now() - start };
  };

  it('a message with an expiration is gone when it has waited for too long', async () => {
    await channel.assertQueue('offers');
    channel.sendToQueue('offers', Buffer.from('today only'), { expiration: SHORT_MS });
    channel.sendToQueue('offers', Buffer.from('always'));
    await channel.waitForConfirms();
    await eventually(async () =>
      expect(await channel.checkQueue('offers')).toMatchObject({ messageCount: 1 }),
    );
    const left = await takeAll(channel, 'offers');
    tell(`left after its time: ${left.join(', ')}`);
    expect(left).toEqual(['always']);
  });

  it('a queue with a TTL and a dead-letter exchange is a delay: the step of a retry ladder', async () => {
    await channel.assertQueue('work');
    await channel.assertQueue('work.retry', {
      messageTtl: SHORT_MS,
      deadLetterExchange: '',
      deadLetterRoutingKey: 'work',
    });
    channel.sendToQueue('work.retry', Buffer.from('try me again'));
    const { message, ms } = await arriving('work');
    const [death] = message.properties.headers?.['x-death'] ?? [];
    tell(`back after ${duration(ms)}; x-death says: ${death?.reason} in ${death?.queue}`);
    expect(ms).toBeGreaterThan(SHORT_MS - 20);
    expect(death).toMatchObject({ reason: 'expired', queue: 'work.retry', count: 1 });
  });

  it('messages expire at the head of a queue only: a short wait behind a long one takes as long', async () => {
    await channel.assertQueue('arrived');
    await channel.assertQueue('mixed', { deadLetterExchange: '', deadLetterRoutingKey: 'arrived' });
    channel.sendToQueue('mixed', Buffer.from('long'), { expiration: LONG_MS });
    channel.sendToQueue('mixed', Buffer.from('short'), { expiration: SHORT_MS });
    const first = await arriving('arrived');
    const second = await arriving('arrived');
    tell(
      `${String(first.message.content)} after ${duration(first.ms)}, then ${String(second.message.content)}`,
    );
    expect(String(first.message.content)).toBe('long');
    expect(first.ms).toBeGreaterThan(LONG_MS - 20);
    expect(String(second.message.content)).toBe('short');
  });

  it('a queue itself can expire, when it has had no consumer for that long', async () => {
    await channel.assertQueue('session', { expires: SHORT_MS });
    const other = await lesson.channel();
    const gone = await eventually(async () => {
      const api: { name: string }[] = await lesson.get('queues/{vhost}');
      return !api.some(({ name }) => name === 'session');
    });
    expect(gone).toBe(true);
    await expect(other.checkQueue('session')).rejects.toThrow('404 (NOT-FOUND)');
    tell('the queue "session" is gone');
  });
});
