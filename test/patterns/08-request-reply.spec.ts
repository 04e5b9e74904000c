import { randomUUID } from 'node:crypto';
import type { ConfirmChannel } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { openLesson, textOf } from '../support/patterns/lesson';
import { duration, tell, timed } from '../support/patterns/story';

/** How long a caller waits for an answer that does not come. */
const TIMEOUT_MS = 1_000;

/** Longer than an answer takes on a busy machine. */
const LONG_MS = 60_000;

/** Milliseconds are usual. */
const AT_ONCE_MS = 5_000;

/** RabbitMQ has no queue of this name: it gives the answer straight to the channel that asked. */
const REPLY_TO = 'amq.rabbitmq.reply-to';

/** Puts questions into queues, and waits for their answers, but not for ever. */
class Caller {
  /** Answers to questions that it has given up. */
  readonly tooLate: string[] = [];
  private readonly waiting = new Map<unknown, (answer: string | Error) => void>();

  constructor(private readonly channel: ConfirmChannel) {}

  async start(): Promise<void> {
    await this.channel.consume(
      REPLY_TO,
      (message) => {
        const settle = this.waiting.get(message?.properties.correlationId);
        if (settle === undefined) this.tooLate.push(textOf(message));
        else settle(textOf(message));
      },
      { noAck: true },
    );
    this.channel.on('return', ({ properties }) =>
      this.waiting.get(properties.correlationId)?.(new Error('no such queue')),
    );
  }

  ask(queue: string, question: string, timeoutMs: number): Promise<string> {
    const correlationId = randomUUID();
    const answered = new Promise<string>((resolve, reject) => {
      const settle = (answer: string | Error): void => {
        clearTimeout(timer);
        this.waiting.delete(correlationId);
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      const timer = setTimeout(() => settle(new Error('no answer in time')), timeoutMs);
      this.waiting.set(correlationId, settle);
    });
    // The question expires when the caller gives up: a server that starts later has no use for it.
    const properties = { replyTo: REPLY_TO, correlationId, expiration: timeoutMs, mandatory: true };
    this.channel.sendToQueue(queue, Buffer.from(question), properties);
    return answered;
  }
}

describe('08 Request and reply', () => {
  const lesson = openLesson();
  let caller: Caller;
  let server: ConfirmChannel;
  /** Answers that the server has not given yet, by their questions. */
  const pending = new Map<string, () => unknown>();

  /** What the server has been asked and has not answered: it does so now. */
  const answer = async (question: string): Promise<unknown> =>
    (await eventually(() => pending.get(question) ?? false))();

  beforeAll(async () => {
    caller = new Caller(await lesson.channel());
    await caller.start();
    server = await lesson.channel();
    await server.assertQueue('square');
    await server.consume('square', (message) => {
      if (message === null) return;
      const { replyTo, correlationId } = message.properties;
      const square = Buffer.from(String(Number(textOf(message)) ** 2));
      pending.set(textOf(message), () => server.sendToQueue(String(replyTo), square, { correlationId }));
      server.ack(message);
    });
  });

  it('the correlation id says which answer belongs to which question, whatever their order', async () => {
    const answers = Promise.all([caller.ask('square', '2', LONG_MS), caller.ask('square', '3', LONG_MS)]);
    await answer('3');
    await answer('2');
    expect(await answers).toEqual(['4', '9']);
    tell(`2² = ${(await answers)[0]}, 3² = ${(await answers)[1]}, though 3 was answered first`);
  });

  it('a server that is too slow: the caller gives up, and drops the answer that comes too late', async () => {
    const ms = await timed(() =>
      expect(caller.ask('square', '13', TIMEOUT_MS)).rejects.toThrow('no answer in time'),
    );
    await answer('13');
    await eventually(() => expect(caller.tooLate).toEqual(['169']));
    tell(`gave up after ${duration(ms)}; the answer ${caller.tooLate.join()} came too late`);
  });

  it('no server: the caller gives up, and the question expires in its queue', async () => {
    await server.assertQueue('idle');
    const ms = await timed(() =>
      expect(caller.ask('idle', '4', TIMEOUT_MS)).rejects.toThrow('no answer in time'),
    );
    await eventually(async () => expect(await server.checkQueue('idle')).toMatchObject({ messageCount: 0 }));
    tell(`gave up after ${duration(ms)}; the queue is empty again`);
  });

  it('no queue: a mandatory question is returned at once', async () => {
    const ms = await timed(() =>
      expect(caller.ask('nowhere', '5', LONG_MS)).rejects.toThrow('no such queue'),
    );
    expect(ms).toBeLessThan(AT_ONCE_MS);
    tell(`returned after ${duration(ms)}`);
  });
});
