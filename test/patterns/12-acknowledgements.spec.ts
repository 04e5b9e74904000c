import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { numbers, openLesson, textOf } from '../support/patterns/lesson';
import { duration, tell, timed } from '../support/patterns/story';

const PREFETCH = 10;

const told = (message: ConsumeMessage): string =>
  `${textOf(message)}${message.fields.redelivered ? '↻' : ''}`;

describe('12 Acknowledgements', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    channel = await lesson.channel();
  });
  afterAll(() => {
    for (const worker of workers) worker.kill('SIGKILL');
  });

  const fill = async (queue: string, count: number): Promise<void> => {
    await channel.assertQueue(queue);
    for (const text of numbers(1, count)) channel.sendToQueue(queue, Buffer.from(text));
    await channel.waitForConfirms();
  };

  /** A process of its own that holds messages. Resolves when it has as many as it takes. */
  const startWorker = async (queue: string, acknowledged: number, mode = 'manual'): Promise<ChildProcess> => {
    const program = join(__dirname, '12-worker.js');
    const args = [lesson.url, queue, PREFETCH, acknowledged, mode].map(String);
    const worker = fork(program, args);
    workers.push(worker);
    const died = once(worker, 'exit').then(([code]) =>
      Promise.reject(new Error(`The worker ended with ${code}.`)),
    );
    died.catch(() => undefined);
    await Promise.race([once(worker, 'message'), died]);
    return worker;
  };

  const kill = async (worker: ChildProcess): Promise<void> => {
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  };

  /** What another consumer gets then, with ↻ for what was delivered before; acknowledges all of it. */
  const restOf = async (queue: string, count: number): Promise<string[]> => {
    const received: string[] = [];
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message === null) return;
      received.push(told(message));
      channel.ack(message);
    });
    await eventually(() => expect(received.length).toBeGreaterThanOrEqual(count));
    await channel.cancel(consumerTag);
    return received;
  };

  it('a worker is killed: what it had not acknowledged is delivered again, in order, and marked', async () => {
    await fill('manual', 20);
    await kill(await startWorker('manual', 3));
    const received = await restOf('manual', 17);
    tell('the worker had 1 to 10, acknowledged 1 to 3, was given more in their place, and died');
    tell(`another got ${received.join(' ')}`);
    expect(received.map((text) => text.replace('↻', ''))).toEqual(numbers(4, 20));
    expect(received.slice(0, 7)).toEqual(numbers(4, 10).map((text) => `${text}↻`));
  });

  it('with automatic acknowledgement, everything that was sent to the worker is lost with it', async () => {
    await fill('automatic', 20);
    await kill(await startWorker('automatic', 0, 'noAck'));
    const { messageCount } = await channel.checkQueue('automatic');
    tell(`the worker had done 10 of 20 and died; left in the queue: ${messageCount}`);
    expect(messageCount).toBe(0);
  });

  it('redelivery breaks the order where another worker has gone on with later messages', async () => {
    await fill('two-workers', 20);
    const first = await startWorker('two-workers', 0);
    const later = restOf('two-workers', 20);
    await eventually(async () =>
      expect(await channel.checkQueue('two-workers')).toMatchObject({ messageCount: 0, consumerCount: 2 }),
    );
    await kill(first);
    const received = await later;
    tell(`the other worker got ${received.join(' ')}`);
    expect(received).toEqual([...numbers(11, 20), ...numbers(1, 10).map((text) => `${text}↻`)]);
  });

  it('a message that is requeued comes again at once, for ever: a hot loop', async () => {
    await fill('requeued', 1);
    let deliveries = 0;
    const ms = await timed(async () => {
      const { consumerTag } = await channel.consume('requeued', (message) => {
        if (message === null) return;
        deliveries += 1;
        channel.nack(message, false, true);
      });
      await eventually(() => deliveries > 100, { every: 5 });
      await channel.cancel(consumerTag);
    });
    tell(`${deliveries} deliveries of one message in ${duration(ms)}`);
    expect(await channel.checkQueue('requeued')).toMatchObject({ messageCount: 1 });
  });
});
