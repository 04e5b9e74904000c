import { AVAILABILITY } from '@app/contracts';
import { runInContext, useTracer } from '@app/service';
import type { Options } from 'amqplib';
import { NOT_UTF_8, publishNotUtf8 } from '../../../../test/support/not-utf-8';
import { TestVhost } from '../../../../test/support/test-vhost';
import { latch } from '../../../../test/support/messaging-harness';
import { RecordingTracer } from '../../../../test/support/recording-tracer';
import { type Answerer, POOL_SIZE } from '../../../../test/support/rpc';
import { eventually } from '../../../../infra/eventually';
import {
  ANSWERS,
  availableOf,
  LIMIT_MS,
  RpcHarness,
  untilAnswered,
} from '../../../../test/support/rpc-harness';
import { RpcClient, RpcUnanswered } from './rpc-client';

class NoStock extends Error {
  readonly code = 'NO_STOCK';
}

const LENGTHS = Array.from({ length: 20 }, (_, index) => index + 1);

describe('A question to another service', () => {
  let vhost: TestVhost;
  let harness: RpcHarness;

  beforeAll(async () => {
    vhost = await TestVhost.create();
  });
  afterAll(() => vhost.drop());

  beforeEach(async () => {
    harness = await RpcHarness.open(vhost);
  });

  afterEach(() => harness.close());

  const waiting = async (): Promise<number> => (await harness.channel.checkQueue(AVAILABILITY)).messageCount;

  it('is answered, and each asker gets the answers to its own', async () => {
    await harness.startAnswering();
    const [one, other] = [harness.startAsking(), harness.startAsking()];
    await Promise.all([untilAnswered(one), untilAnswered(other)]);
    const askAll = (asker: RpcClient): Promise<number[]> =>
      Promise.all(LENGTHS.map((length) => availableOf(asker, 'x'.repeat(length))));
    await expect(Promise.all([askAll(one), askAll(other)])).resolves.toEqual([LENGTHS, LENGTHS]);
  });

  it('has its answer routed to the one queue of who asked', async () => {
    const askers = [harness.startAsking(), harness.startAsking()];
    await eventually(async () => {
      const answer = await harness.vhost.get(`exchanges/{vhost}/${ANSWERS}/bindings/source`);
      const bindings = Array.isArray(answer) ? answer : [];
      expect(new Set(bindings.map(({ routing_key }) => String(routing_key))).size).toBe(askers.length);
      expect(bindings).toHaveLength(askers.length);
    });
  });

  it('that no process takes up is given up in time, and is not there any more for one that starts later', async () => {
    const asker = harness.startAsking();
    await eventually(() => expect(availableOf(asker)).rejects.toThrow('did not answer'));
    const started = performance.now();
    const givenUp = expect(availableOf(asker, 'TOO-EARLY')).rejects.toThrow(RpcUnanswered);
    await eventually(async () => expect(await waiting()).toBe(1));
    await givenUp;
    expect(performance.now() - started).toBeLessThan(2 * LIMIT_MS);
    await eventually(async () => expect(await waiting()).toBe(0));
    const { asked } = await harness.startAnswering();
    await untilAnswered(asker);
    expect(asked).not.toContain('TOO-EARLY');
  });

  it('that is too long, or nested too deeply, is not parsed', async () => {
    const { asked } = await harness.startAnswering();
    const asker = harness.startAsking();
    await untilAnswered(asker);
    const ask = (data: object) =>
      harness.channel.sendToQueue(
        AVAILABILITY,
        Buffer.from(JSON.stringify({ pattern: AVAILABILITY, id: '1', data })),
      );
    ask({ sku: 'LONG', more: 'x'.repeat(64 * 1024) });
    ask({ sku: 'DEEP', more: JSON.parse('['.repeat(31) + ']'.repeat(31)) });
    ask({ sku: 'FINE' });
    await eventually(() => expect(asked).toContain('FINE'));
    expect(asked).not.toContain('LONG');
    expect(asked).not.toContain('DEEP');
  });

  it.each<[string, Options.Publish]>([
    ['correlation id', { replyTo: 'x', correlationId: NOT_UTF_8 }],
    ['address for the answer', { replyTo: NOT_UTF_8, correlationId: '1' }],
  ])('whose %s amqplib cannot write is not answered, and ends no process', async (_, properties) => {
    const { asked } = await harness.startAnswering();
    const asker = harness.startAsking();
    await untilAnswered(asker);
    const question = { pattern: AVAILABILITY, id: '1', data: { sku: 'POISON' } };
    await publishNotUtf8(vhost.url, AVAILABILITY, JSON.stringify(question), properties);
    await eventually(() => expect(asked).toContain('POISON'));
    await expect(availableOf(asker)).resolves.toBe(5);
  });

  describe('of a request', () => {
    const DESTINATION = 'inventory.availability.questions:inventory.availability';
    const request = {
      correlationId: 'request-7',
      traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
      tracestate: 'shop=1',
    };
    let answerer: Answerer;
    let asker: RpcClient;

    beforeEach(async () => {
      answerer = await harness.startAnswering();
      asker = harness.startAsking();
      await untilAnswered(asker);
    });
    afterEach(() => useTracer(undefined));

    const ask = (): Promise<number> => runInContext(request, () => availableOf(asker));

    it('is answered in its context, and one without a context in none', async () => {
      await ask();
      expect(answerer.contexts.at(-1)).toEqual(request);
      await availableOf(asker);
      expect(answerer.contexts.at(-1)).toBeUndefined();
    });

    it('has a span below that of the request, and its answer one below that', async () => {
      const { spans } = recording();
      await ask();
      await eventually(() => expect(spans.map(({ ended }) => ended)).toEqual([true, true]));
      const [asked, answered] = spans;
      expect(asked).toMatchObject({ kind: 'client', name: `ask ${DESTINATION}`, parent: request });
      expect(answered).toMatchObject({
        kind: 'server',
        name: `answer ${DESTINATION}`,
        parent: { ...request, traceparent: asked?.traceparent },
        attributes: {
          'messaging.system': 'rabbitmq',
          'messaging.operation.name': 'answer',
          'messaging.operation.type': 'process',
          'messaging.destination.name': DESTINATION,
          'messaging.message.conversation_id': 'request-7',
        },
      });
      expect(answerer.contexts.at(-1)).toEqual({ ...request, traceparent: answered?.traceparent });
    });

    it('has spans that say of both sides that it failed', async () => {
      const { spans } = recording();
      answerer.held = Promise.reject(new NoStock());
      answerer.held.catch(() => undefined);
      await expect(ask()).rejects.toThrow(RpcUnanswered);
      await eventually(() =>
        expect(spans.map(({ errorType }) => errorType)).toEqual(['RPC_UNANSWERED', 'NO_STOCK']),
      );
    });

    const recording = (): RecordingTracer => {
      const tracer = new RecordingTracer();
      useTracer(tracer);
      return tracer;
    };
  });

  it('takes at most a quarter of the connections, and is dropped where its turn comes too late', async () => {
    const answerer = await harness.startAnswering();
    const asker = harness.startAsking();
    await untilAnswered(asker);
    const before = answerer.asked.length;
    const { held, release } = latch();
    answerer.held = held;
    const questions = LENGTHS.map((length) => availableOf(asker, 'x'.repeat(length)));
    const answers = await Promise.allSettled(questions);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(answerer.asked.length - before).toBe(POOL_SIZE / 4);
    // The answerer counts from when a question arrives: once a later one is given up, the turn of all these has passed.
    await expect(availableOf(asker, 'LATER')).rejects.toThrow(RpcUnanswered);
    release();
    await untilAnswered(asker);
    const late = answerer.asked.slice(before + POOL_SIZE / 4);
    expect(late.filter((sku) => sku.startsWith('x'))).toEqual([]);
  });
});
