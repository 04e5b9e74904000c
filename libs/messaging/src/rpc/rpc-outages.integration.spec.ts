import { AVAILABILITY } from '@app/contracts';
import { eventually } from '../../../../infra/eventually';
import { TestVhost } from '../../../../test/support/test-vhost';
import {
  ANSWERS,
  availableOf,
  LIMIT_MS,
  QUESTIONS,
  RpcHarness,
  untilAnswered,
} from '../../../../test/support/rpc-harness';
import { RpcClient, RpcUnanswered } from './rpc-client';

describe('A question to another service', () => {
  let vhost: TestVhost;
  let harness: RpcHarness;
  let asker: RpcClient;

  beforeAll(async () => {
    vhost = await TestVhost.create();
  });
  afterAll(() => vhost.drop());

  beforeEach(async () => {
    harness = await RpcHarness.open(vhost);
  });

  afterEach(() => harness.close());

  describe('between two that have talked', () => {
    beforeEach(async () => {
      await harness.startAnswering();
      asker = harness.startAsking();
      await untilAnswered(asker);
    });

    it.each(['order-api asking', 'inventory answering'])(
      'is answered again after the broker has closed "%s"',
      async (connection) => {
        await harness.vhost.closeConnection(connection);
        await untilAnswered(asker);
      },
    );

    it('fails at once while the asker is cut off, and is answered again when it is back', async () => {
      harness.proxies.asker.cut();
      await eventually(() => expect(availableOf(asker)).rejects.toThrow('takes no questions'));
      const started = performance.now();
      await expect(availableOf(asker)).rejects.toThrow(RpcUnanswered);
      expect(performance.now() - started).toBeLessThan(LIMIT_MS / 2);
      harness.proxies.asker.restore();
      await untilAnswered(asker);
    });

    it('is given up in time while who answers is cut off, and is answered again when it is back', async () => {
      harness.proxies.answerer.cut();
      await expect(availableOf(asker)).rejects.toThrow('did not answer');
      harness.proxies.answerer.restore();
      await untilAnswered(asker);
    });

    it.each([
      ['queue', () => harness.channel.deleteQueue(AVAILABILITY)],
      ['exchange', () => harness.channel.deleteExchange(QUESTIONS)],
    ])('is answered again after its %s was deleted and made anew', async (_what, deleteIt) => {
      await deleteIt();
      await expect(availableOf(asker)).rejects.toThrow(RpcUnanswered);
      await harness.applyTopology();
      await untilAnswered(asker);
    });
  });

  it('waits for no broker when either side starts, and is answered when the broker is there', async () => {
    harness.proxies.asker.cut();
    harness.proxies.answerer.cut();
    await harness.startAnswering();
    asker = harness.startAsking();
    await expect(availableOf(asker)).rejects.toThrow('takes no questions');
    harness.proxies.asker.restore();
    harness.proxies.answerer.restore();
    await untilAnswered(asker);
  });

  it('ends no process when a connection breaks before its channel is open', async () => {
    const { answerer } = harness.proxies;
    answerer.cut();
    const { app } = await harness.startAnswering();
    let connections = 0;
    app.getMicroservices()[0]?.on('connect', () => {
      if ((connections += 1) === 1) answerer.cut();
    });
    answerer.restore();
    await eventually(() => connections === 1);
    answerer.restore();
    asker = harness.startAsking();
    await untilAnswered(asker);
  });

  it.each([
    ['queue', 'answerer', () => harness.channel.deleteQueue(AVAILABILITY)],
    ['exchange of the questions', 'asker', () => harness.channel.deleteExchange(QUESTIONS)],
    ['exchange of the answers', 'asker', () => harness.channel.deleteExchange(ANSWERS)],
  ] as const)('is answered once its %s is there, which the %s has missed', async (_what, who, deleteIt) => {
    await deleteIt();
    await harness.startAnswering();
    asker = harness.startAsking();
    await eventually(async () => {
      await expect(availableOf(asker)).rejects.toThrow(RpcUnanswered);
      return harness.proxies[who].connections > 1;
    });
    await harness.applyTopology();
    await untilAnswered(asker);
  });
});
