import { setTimeout as work } from 'node:timers/promises';
import type { Channel, ConsumeMessage } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { openLesson, takeAll, textOf } from '../support/patterns/lesson';
import { duration, tell, tellTable, timed } from '../support/patterns/story';

const TASKS = 60;
const HEAVY_MS = 40;
const LIGHT_MS = 2;

/** Every third task is heavy, so that taking turns gives all heavy ones to the same of three workers. */
const isHeavy = (task: number): boolean => task % 3 === 0;

/** Does the tasks that it holds one after the other, as a program does that has one thread. */
class Worker {
  readonly done: number[] = [];
  private last = Promise.resolve();

  constructor(private readonly channel: Channel) {}

  async start(queue: string, prefetch: number): Promise<void> {
    await this.channel.prefetch(prefetch);
    await this.channel.consume(queue, (message) => {
      this.last = this.last.then(() => this.perform(message));
    });
  }

  private async perform(message: ConsumeMessage | null): Promise<void> {
    if (message === null) return;
    const task = Number(textOf(message));
    await work(isHeavy(task) ? HEAVY_MS : LIGHT_MS);
    this.channel.ack(message);
    this.done.push(task);
  }
}

describe('02 Work queue', () => {
  const lesson = openLesson();

  /** Three workers do all tasks. Resolves with the time it takes, and with how many heavy tasks each has done. */
  const allDone = async (prefetch: number): Promise<{ ms: number; heavy: number[] }> => {
    const queue = `tasks-${prefetch}`;
    const producer = await lesson.channel();
    await producer.assertQueue(queue);
    const workers = [1, 2, 3].map(async () => new Worker(await lesson.channel()));
    const started = await Promise.all(workers);
    for (const worker of started) await worker.start(queue, prefetch);
    const ms = await timed(async () => {
      for (let task = 0; task < TASKS; task += 1) producer.sendToQueue(queue, Buffer.from(String(task)));
      await eventually(() => started.flatMap(({ done }) => done).length === TASKS, { every: 5 });
    });
    expect(started.flatMap(({ done }) => done).sort((one, other) => one - other)).toEqual([
      ...Array(TASKS).keys(),
    ]);
    return { ms, heavy: started.map(({ done }) => done.filter(isHeavy).length) };
  };

  it('three workers share the tasks; with prefetch 1 each gets the next when it has done its last', async () => {
    const fair = await allDone(1);
    const unfair = await allDone(50);
    const row = (prefetch: number, { ms, heavy }: typeof fair) => [prefetch, duration(ms), heavy.join(' · ')];
    tell(`${TASKS} tasks, every third takes ${HEAVY_MS} ms, the others ${LIGHT_MS} ms:`);
    tellTable([['prefetch', 'time', 'heavy tasks of each worker'], row(1, fair), row(50, unfair)]);
    expect(Math.max(...unfair.heavy)).toBe(TASKS / 3);
    expect(Math.max(...fair.heavy)).toBeLessThan((2 * TASKS) / 9);
    expect(fair.ms).toBeLessThan(unfair.ms);
  });

  it('tasks of several kinds share a queue: the property "type" chooses the handler', async () => {
    const channel = await lesson.channel();
    const done: string[] = [];
    const handlers = new Map([
      ['mail', (body: string) => done.push(`mailed ${body}`)],
      ['thumbnail', (body: string) => done.push(`shrunk ${body}`)],
    ]);
    await channel.assertQueue('jobs', { deadLetterExchange: '', deadLetterRoutingKey: 'jobs.dead' });
    await channel.assertQueue('jobs.dead');
    await channel.consume('jobs', (message) => {
      if (message === null) return;
      const handle = handlers.get(String(message.properties.type));
      handle?.(textOf(message));
      // A task that no handler knows must not come again for ever: without requeue, it becomes a dead letter.
      if (handle === undefined) channel.nack(message, false, false);
      else channel.ack(message);
    });
    const jobs = { mail: 'Ada', thumbnail: 'cat.png', fax: 'Charles' };
    for (const [type, body] of Object.entries(jobs)) channel.sendToQueue('jobs', Buffer.from(body), { type });
    await eventually(() => expect(done).toEqual(['mailed Ada', 'shrunk cat.png']));
    const dead = await eventually(async () => {
      const letters = await takeAll(channel, 'jobs.dead');
      return letters.length > 0 && letters;
    });
    tell(`${done.join(', ')}; dead letter of an unknown type: ${dead.join()}`);
    expect(dead).toEqual(['Charles']);
  });
});
