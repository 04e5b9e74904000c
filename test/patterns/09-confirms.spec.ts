import type { ConfirmChannel } from 'amqplib';
import { openLesson } from '../support/patterns/lesson';
import { duration, tellTable, timed } from '../support/patterns/story';

const MESSAGES = 500;
const BATCH = 100;
const BODY = Buffer.alloc(1_024, 'x');

describe('09 Publisher confirms', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;
  let confirmed: number;

  beforeAll(async () => {
    channel = await lesson.channel();
    await channel.assertQueue('orders', { durable: true });
  });
  beforeEach(async () => {
    await channel.purgeQueue('orders');
    confirmed = 0;
  });

  /** The callback is called when the broker has confirmed the message: it is in its queue, and on disk there. */
  const publish = (): void => {
    channel.sendToQueue('orders', BODY, { persistent: true }, (error: unknown) => {
      if (error === null) confirmed += 1;
    });
  };

  const oneByOne = async (): Promise<void> => {
    for (let count = 0; count < MESSAGES; count += 1) {
      publish();
      await channel.waitForConfirms();
    }
  };

  const inBatches = async (): Promise<void> => {
    for (let count = 1; count <= MESSAGES; count += 1) {
      publish();
      if (count % BATCH === 0) await channel.waitForConfirms();
    }
  };

  const asynchronously = async (): Promise<void> => {
    for (let count = 0; count < MESSAGES; count += 1) publish();
    await channel.waitForConfirms();
  };

  it('confirmed one by one they take longest; in batches, or asynchronously, they share the wait', async () => {
    const times = new Map<string, number>();
    for (const way of [oneByOne, inBatches, asynchronously]) {
      await channel.purgeQueue('orders');
      confirmed = 0;
      times.set(way.name, await timed(way));
      expect(confirmed).toBe(MESSAGES);
      expect(await channel.checkQueue('orders')).toMatchObject({ messageCount: MESSAGES });
    }
    tellTable([
      [`${MESSAGES} messages of 1 KiB`, 'time', 'a second'],
      ...[...times].map(([way, ms]) => [way, duration(ms), Math.round((MESSAGES / ms) * 1_000)]),
    ]);
    expect(times.get('inBatches')).toBeLessThan(times.get('oneByOne') ?? 0);
    expect(times.get('asynchronously')).toBeLessThan(times.get('oneByOne') ?? 0);
  });

  it('a message that the broker refuses is told from one that it has taken', async () => {
    await channel.assertQueue('full', { arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' } });
    const outcomes: string[] = [];
    for (const text of ['first', 'second']) {
      channel.sendToQueue('full', Buffer.from(text), {}, (error: unknown) => {
        outcomes.push(`${text}: ${error === null ? 'confirmed' : 'refused'}`);
      });
      await channel.waitForConfirms().catch(() => undefined);
    }
    tellTable([outcomes]);
    expect(outcomes).toEqual(['first: confirmed', 'second: refused']);
  });
});
