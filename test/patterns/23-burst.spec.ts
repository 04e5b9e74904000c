import { setTimeout as work } from 'node:timers/promises';
import type { Channel } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { openLesson } from '../support/patterns/lesson';
import { duration, tell, timed } from '../support/patterns/story';

const BURST = 400;

/** What a slow consumer needs for one message, and how many it works on at a time. */
const WORK_MS = 20;
const AT_ONCE = 4;

const bar = (share: number): string => '█'.repeat(Math.ceil(share * 40));

describe('23 Burst', () => {
  const lesson = openLesson();

  /** Works on so many messages at a time as the prefetch allows. Returns how many it has done. */
  const startConsumer = async (channel: Channel, queue: string): Promise<() => number> => {
    let done = 0;
    await channel.prefetch(AT_ONCE);
    await channel.consume(queue, (message) => {
      if (message === null) return;
      void work(WORK_MS).then(() => {
        channel.ack(message);
        done += 1;
      });
    });
    return () => done;
  };

  it('the queue takes the peak at once, and the consumer empties it at a pace of its own', async () => {
    const publisher = await lesson.channel();
    await publisher.assertQueue('orders', { durable: true });
    const done = await startConsumer(await lesson.channel(), 'orders');
    const accepted = await timed(async () => {
      for (let count = 0; count < BURST; count += 1)
        publisher.sendToQueue('orders', Buffer.from(String(count)), { persistent: true });
      await publisher.waitForConfirms();
    });
    tell(`${BURST} orders accepted in ${duration(accepted)}; waiting or under way:`);
    let deepest = 0;
    const emptied = await timed(async () => {
      await eventually(
        () => {
          const depth = BURST - done();
          deepest = Math.max(deepest, depth);
          tell(`${String(depth).padStart(5)} ${bar(depth / BURST)}`);
          return depth === 0;
        },
        { every: 200, within: 60_000 },
      );
    });
    tell(`all done ${duration(emptied)} later`);
    expect(deepest).toBeGreaterThan(BURST / 4);
    expect(accepted).toBeLessThan(emptied);
  });

  it('a caller that waits for the work itself waits for all that came before it, too', async () => {
    let free = Promise.resolve();
    const waits: number[] = [];
    /** As a server does that works inside the request, on so many requests at a time. */
    const serve = (): Promise<void> => (free = free.then(() => work(WORK_MS / AT_ONCE)));
    const waiting = Array.from({ length: BURST }, async () => waits.push(await timed(serve)));
    await Promise.all(waiting);
    const last = Math.max(...waits);
    tell(
      `without a queue: the first caller waits ${duration(Math.min(...waits))}, the last ${duration(last)}`,
    );
    expect(last).toBeGreaterThan((BURST * WORK_MS) / AT_ONCE / 2);
  });
});
