import { randomUUID } from 'node:crypto';
import { eventually } from '../../../../test/support/eventually';
import { MessagingHarness } from '../../../../test/support/messaging-harness';
import { Publisher } from './publisher';
import { BrokerUnavailable, MessageRefused, MessageUnroutable } from './publishing-errors';

/** An exchange that email may write to; the spec binds queues of its own to it. */
const EXCHANGE = 'email.retry';
const CONFIRM_TIMEOUT_MS = 10_000;
const MARGIN_MS = 5_000;

describe(Publisher.name, () => {
  let harness: MessagingHarness;
  let sut: Publisher;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email' });
    sut = harness.app.get(Publisher);
    await eventually(() => sut.isAvailable);
  });
  afterAll(() => harness.close());
  afterEach(async () => {
    harness.broker.restore();
    await eventually(() => sut.isAvailable);
  });

  const message = (routingKey: string, messageId: string = randomUUID()) => ({
    exchange: EXCHANGE,
    routingKey,
    content: Buffer.alloc(1_024, 'x'),
    properties: { messageId, headers: { currency: 'EUR' } },
  });

  /** A queue that gets what is published under its name. */
  const queueNamed = async (name: string, queueArguments: object = {}): Promise<string> => {
    await harness.channel.assertQueue(name, { durable: true, arguments: queueArguments });
    await harness.channel.bindQueue(name, EXCHANGE, name);
    return name;
  };

  const idsIn = async (queue: string): Promise<unknown[]> => {
    const ids: unknown[] = [];
    for (let taken = await harness.take(queue); taken; taken = await harness.take(queue))
      ids.push(taken.properties.messageId);
    return ids;
  };

  it('resolves once the message is stored, as persistent, with its properties', async () => {
    const queue = await queueNamed('stored');
    const sent = message(queue);
    await sut.publish(sent);
    const taken = await harness.take(queue);
    expect(taken?.content).toEqual(sent.content);
    expect(taken?.properties).toMatchObject({ ...sent.properties, deliveryMode: 2 });
  });

  it('rejects a message that no queue is bound for, although the broker has confirmed it', async () => {
    await expect(sut.publish(message('nowhere'))).rejects.toThrow(MessageUnroutable);
    await expect(sut.publish(message('nowhere'))).rejects.toMatchObject({
      code: 'MESSAGE_UNROUTABLE',
      exchange: EXCHANGE,
      routingKey: 'nowhere',
    });
  });

  it('tells routable and unroutable messages apart when many are in flight', async () => {
    const queue = await queueNamed('bound');
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => sut.publish(message(index % 2 === 0 ? queue : 'nowhere'))),
    );
    expect(results.map(({ status }) => status)).toEqual(
      results.map((_, index) => (index % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
  });

  it('publishes a message that was unroutable before, once a queue is bound', async () => {
    const messageId = randomUUID();
    await expect(sut.publish(message('later', messageId))).rejects.toThrow(MessageUnroutable);
    const queue = await queueNamed('later');
    await expect(sut.publish(message(queue, messageId))).resolves.toBeUndefined();
  });

  it('rejects a message that a full queue refuses', async () => {
    const queue = await queueNamed('full', { 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    await sut.publish(message(queue));
    await expect(sut.publish(message(queue))).rejects.toThrow(MessageRefused);
    await harness.channel.purgeQueue(queue);
    await expect(sut.publish(message(queue))).resolves.toBeUndefined();
  });

  it('rejects at once while there is no broker, and buffers nothing for later', async () => {
    const queue = await queueNamed('unbuffered');
    harness.broker.cut();
    await eventually(() => !sut.isAvailable);
    const started = performance.now();
    await expect(sut.publish(message(queue, 'refused'))).rejects.toThrow(BrokerUnavailable);
    expect(performance.now() - started).toBeLessThan(500);
    harness.broker.restore();
    await eventually(() => sut.isAvailable);
    await sut.publish(message(queue, 'taken'));
    await expect(idsIn(queue)).resolves.toEqual(['taken']);
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
    const publishing = Promise.all(Array.from({ length: 200 }, publishOn));
    await eventually(() => outcomes.length > 400);
    await action();
    over = true;
    await publishing;
    return outcomes;
  };

  it('tells of every message in flight what became of it when the broker closes the connection', async () => {
    const queue = await queueNamed('closed');
    const outcomes = await publishDuring(queue, async () => {
      await harness.closeConnection('email publishing');
      await eventually(() => !sut.isAvailable);
    });
    const failures = outcomes.filter(({ failure }) => failure !== undefined);
    for (const { failure } of failures) expect(failure).toBeInstanceOf(BrokerUnavailable);
    expect(Math.max(...outcomes.map(({ tookMs }) => tookMs))).toBeLessThan(CONFIRM_TIMEOUT_MS + MARGIN_MS);
    const stored = new Set(await idsIn(queue));
    const confirmed = outcomes.filter(({ failure }) => failure === undefined);
    expect(confirmed.filter(({ messageId }) => !stored.has(messageId))).toEqual([]);
  });

  it('lets nothing in flight wait for longer than the confirm timeout when the broker stays away', async () => {
    const queue = await queueNamed('away');
    const outcomes = await publishDuring(queue, async () => {
      harness.broker.cut();
      await eventually(() => !sut.isAvailable);
    });
    const failures = outcomes.filter(({ failure }) => failure !== undefined);
    expect(failures.length).toBeGreaterThan(0);
    for (const { failure } of failures) expect(failure).toBeInstanceOf(BrokerUnavailable);
    expect(Math.max(...outcomes.map(({ tookMs }) => tookMs))).toBeLessThan(CONFIRM_TIMEOUT_MS + MARGIN_MS);
  });

  it('works again after all of this', async () => {
    const queue = await queueNamed('after');
    await Promise.all(Array.from({ length: 1_000 }, () => sut.publish(message(queue))));
    await eventually(async () => expect(await harness.waiting(queue)).toBe(1_000));
  });
});
