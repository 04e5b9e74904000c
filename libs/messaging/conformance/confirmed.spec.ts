import { randomUUID } from 'node:crypto';
import { eventually } from '../../../infra/eventually';
import { MessagingHarness } from '../../../test/support/messaging-harness';
import { SETTING } from '../../../test/support/setting';
import { BrokerUnavailable, CONFIRM_TIMEOUT_MS, Publisher } from '@app/amqp';

/** An exchange that email may write to; the spec binds queues of its own to it. */
const EXCHANGE = 'email.retry';
const IN_FLIGHT = 200;
const MARGIN_MS = 5_000;

describe('Confirmed means stored', () => {
  let harness: MessagingHarness;
  let sut: Publisher;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email', queues: SETTING.queues });
    sut = harness.app.get(Publisher);
    await eventually(() => sut.isAvailable);
  });
  afterAll(() => harness.close());
  afterEach(async () => {
    harness.broker.restore();
    await eventually(() => sut.isAvailable);
  });

  const message = (routingKey: string) => ({
    exchange: EXCHANGE,
    routingKey,
    content: Buffer.alloc(1_024, 'x'),
    properties: { messageId: randomUUID(), headers: { currency: 'EUR' } },
  });

  /** A queue of the run's kind that gets what is published under its name. */
  const queueNamed = async (name: string): Promise<string> => {
    const { queues } = SETTING;
    const exclusive = queues === 'exclusive';
    await harness.channel.assertQueue(name, {
      durable: !exclusive,
      exclusive,
      arguments: { 'x-queue-type': exclusive ? 'classic' : queues },
    });
    await harness.channel.bindQueue(name, EXCHANGE, name);
    return name;
  };

  /** Waits until each of these messages has come out of the queue. */
  const areIn = async (queue: string, messageIds: readonly string[]): Promise<void> => {
    const missing = new Set<unknown>(messageIds);
    const { channel } = harness;
    await channel.consume(queue, (taken) => missing.delete(taken?.properties.messageId), { noAck: true });
    await eventually(() => expect(missing).toEqual(new Set()), { within: 20_000 });
  };

  it('resolves once the message is stored, as persistent, with its properties', async () => {
    const queue = await queueNamed('stored');
    const sent = message(queue);
    await sut.publish(sent);
    const taken = await harness.take(queue);
    expect(taken?.content).toEqual(sent.content);
    expect(taken?.properties).toMatchObject({ ...sent.properties, deliveryMode: 2 });
  });

  /** Publishes until the action is over, and keeps many in flight all the time. */
  const publishDuring = async (queue: string, action: () => Promise<unknown>) => {
    const outcomes: { messageId: string; failure?: unknown; tookMs: number }[] = [];
    let over = false;
    const publishOn = async (): Promise<void> => {
      while (!over) {
        const sent = message(queue);
        const started = performance.now();
        const failure: unknown = await sut.publish(sent).catch((error: unknown) => error);
        const tookMs = performance.now() - started;
        outcomes.push({ messageId: sent.properties.messageId, failure, tookMs });
        if (failure !== undefined) return;
      }
    };
    const publishing = Promise.all(Array.from({ length: IN_FLIGHT }, publishOn));
    await eventually(() => outcomes.length > 2 * IN_FLIGHT, { within: 30_000 });
    await action();
    over = true;
    await publishing;
    return {
      confirmed: outcomes.filter(({ failure }) => failure === undefined).map(({ messageId }) => messageId),
      failures: outcomes.map(({ failure }) => failure).filter((failure) => failure !== undefined),
      longestMs: Math.max(...outcomes.map(({ tookMs }) => tookMs)),
    };
  };

  it.each<[what: string, breakIt: () => void | Promise<void>]>([
    ['the broker closes the connection', () => harness.closeConnection('email publishing')],
    ['the broker goes away', () => harness.broker.cut()],
  ])('tells of every message in flight what became of it when %s', async (_what, breakIt) => {
    const queue = await queueNamed(randomUUID());
    const { confirmed, failures, longestMs } = await publishDuring(queue, async () => {
      await breakIt();
      await eventually(() => !sut.isAvailable);
    });
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure).toBeInstanceOf(BrokerUnavailable);
    expect(longestMs).toBeLessThan(CONFIRM_TIMEOUT_MS + MARGIN_MS);
    await areIn(queue, confirmed);
  });

  it('works again after all of this', async () => {
    const queue = await queueNamed('after');
    await Promise.all(Array.from({ length: 1_000 }, () => sut.publish(message(queue))));
    await eventually(async () => expect(await harness.waiting(queue)).toBe(1_000));
  });
});
