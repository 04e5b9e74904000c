import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  BrokerConnectionLost,
  ERROR,
  FAILED_AT,
  FAILED_ATTEMPTS,
  MessageRefused,
  QueueMissing,
  REASON,
} from '@app/amqp';
import { EMAIL_TASKS } from '@app/contracts';
import { type ChannelModel, type ConfirmChannel, connect, type GetMessage, type Options } from 'amqplib';
import { TestVhost } from '../../../../test/support/test-vhost';
import { eventually } from '../../../../infra/eventually';
import { TcpProxy } from '../../../../test/support/tcp-proxy';
import { applyTopology } from '../topology/apply-topology';
import { DeadLetter } from './dead-letter';
import { UnknownDeadLetters, UnknownQueue } from './dead-letter-errors';
import { DeadLetters } from './dead-letters';

const QUEUE = 'email.order_events';
const DEAD = 'email.order_events.dead';
const BODY = '{"customer":"Ada"}';
const FAILED = '2026-03-01T12:00:00.000Z';

/** As a service leaves them. */
const FAILURE = {
  [FAILED_ATTEMPTS]: 5,
  [REASON]: 'RETRIES_EXHAUSTED',
  [ERROR]: 'TypeError: too bad',
  [FAILED_AT]: FAILED,
};

describe(DeadLetters.name, () => {
  let vhost: TestVhost;
  let stranger: ChannelModel;
  let channel: ConfirmChannel;
  let sut: DeadLetters;

  const waiting = async (queue: string) => (await channel.checkQueue(queue)).messageCount;
  const take = async (queue: string): Promise<GetMessage[]> => {
    const message = await channel.get(queue, { noAck: true });
    return message === false ? [] : [message, ...(await take(queue))];
  };
  const idOf = ({ properties }: GetMessage) => String(properties.messageId);
  const send = async (queue: string, options: Options.Publish) => {
    channel.sendToQueue(queue, Buffer.from(BODY), { persistent: true, ...options });
    await channel.waitForConfirms();
  };
  const bury = async (options: Options.Publish = {}, queue = DEAD) => {
    const messageId = randomUUID();
    await send(queue, { messageId, type: 'order.created', headers: FAILURE, ...options });
    return messageId;
  };
  const show = async (name: string): Promise<DeadLetter[]> => {
    const shown: DeadLetter[] = [];
    await sut.show(name, (letters) => shown.push(...letters));
    return shown;
  };
  const buryMany = (count: number) => Promise.all(Array.from({ length: count }, () => bury()));

  beforeAll(async () => {
    vhost = await TestVhost.create();
    sut = new DeadLetters(vhost.url);
  });

  afterAll(() => vhost.drop());

  beforeEach(async () => {
    await applyTopology(vhost.url);
    stranger = await connect(vhost.url);
    channel = await stranger.createConfirmChannel();
  });

  /** A queue that is deleted and made anew counts nothing of what its test has done to it. */
  afterEach(async () => {
    for (const queue of [QUEUE, DEAD, EMAIL_TASKS, `${EMAIL_TASKS}.dead`, 'sms.order_events'])
      await channel.deleteQueue(queue);
    await stranger.close();
  });

  describe('with more dead letters than there should be room for', () => {
    const COUNT = 300;
    const BYTES = 256 * 1024;
    /** So many bytes more than the most that was found may be in use before the garbage among them is looked for. */
    const UNSEEN = 4 * 1024 * 1024;
    let last: string;

    beforeEach(async () => {
      const content = Buffer.alloc(BYTES, 'x');
      for (let sent = 0; sent < COUNT; sent += 1) {
        last = randomUUID();
        channel.sendToQueue(DEAD, content, { persistent: true, messageId: last });
      }
      await channel.waitForConfirms();
    });

    /** How much memory messages take at most while the work goes on, in bytes: what is garbage does not count. */
    const peakOf = async (work: () => Promise<unknown>): Promise<number> => {
      setFlagsFromString('--expose-gc');
      const collect: () => void = runInNewContext('gc');
      const used = (): number => process.memoryUsage().arrayBuffers;
      const usedWithoutGarbage = async (): Promise<number> => {
        collect();
        // What was freed is given back a little later.
        await new Promise((resolve) => setImmediate(resolve));
        collect();
        return used();
      };
      let before = Infinity;
      for (let turn = 0; turn < 3; turn += 1) before = Math.min(before, await usedWithoutGarbage());
      let peak = 0;
      let ended = false;
      const look = async (): Promise<void> => {
        while (!ended) {
          // Only then: to collect the garbage of a heap that other files have filled takes up to a second.
          if (used() - before > peak + UNSEEN) peak = Math.max(peak, (await usedWithoutGarbage()) - before);
          await sleep(1);
        }
      };
      await Promise.all([look(), work().finally(() => (ended = true))]);
      return peak + UNSEEN;
    };

    it('shows all, and has few of them in memory', async () => {
      let shown = 0;
      const peak = await peakOf(() => sut.show(QUEUE, ({ length }) => (shown += length)));
      expect(shown).toBe(COUNT);
      expect(peak).toBeLessThan((COUNT * BYTES) / 3);
    });

    it('finds one among them, and has few of them in memory', async () => {
      const peak = await peakOf(() => sut.redrive(QUEUE, [last]));
      expect(await waiting(QUEUE)).toBe(1);
      expect(peak).toBeLessThan((COUNT * BYTES) / 3);
    });
  });

  describe('list', () => {
    it('counts the dead letters of every queue, of events and of tasks', async () => {
      await buryMany(2);
      await bury({}, `${EMAIL_TASKS}.dead`);
      const counts = await sut.list();
      expect(counts.map(({ queue, messages }) => [queue, messages])).toEqual([
        ['order-api.inventory_events', 0],
        ['inventory.order_events', 0],
        [QUEUE, 2],
        [EMAIL_TASKS, 1],
        ['sms.order_events', 0],
      ]);
    });

    it('says which queues are not there', async () => {
      await channel.deleteQueue(DEAD);
      expect(await sut.list()).toContainEqual({ queue: QUEUE, deadLetterQueue: DEAD, messages: null });
    });
  });

  describe('show', () => {
    it.each([QUEUE, DEAD])('tells the whole story of each, by the name %s', async (name) => {
      const messageId = await bury();
      expect(await show(name)).toEqual([
        {
          messageId,
          type: 'order.created',
          reason: 'RETRIES_EXHAUSTED',
          error: 'TypeError: too bad',
          failedAt: FAILED,
          attempts: 5,
          body: BODY,
        },
      ]);
    });

    it('leaves all of them there, in their order, however often it is asked', async () => {
      const ids = [await bury(), await bury(), await bury()];
      for (let reading = 1; reading <= 30; reading += 1) {
        const shown = await show(QUEUE);
        expect(shown.map(({ messageId }) => messageId)).toEqual(ids);
      }
      await eventually(async () => expect(await waiting(DEAD)).toBe(3));
    });

    it("tells RabbitMQ's reason of a message that killed its consumer again and again", async () => {
      await send(QUEUE, { messageId: 'killer', headers: { [REASON]: 'RETRY', [FAILED_ATTEMPTS]: 1 } });
      await eventually(async () => {
        const message = await channel.get(QUEUE);
        if (message !== false) channel.nack(message);
        expect(await waiting(DEAD)).toBe(1);
      });
      const [shown] = await show(QUEUE);
      expect(shown).toMatchObject({ messageId: 'killer', reason: 'delivery_limit', attempts: 1 });
      expect(Date.now() - Date.parse(shown?.failedAt ?? '')).toBeLessThan(60_000);
    });

    it('shows also one with a time that is none', async () => {
      const time = { '!': 'timestamp', value: 2 ** 60 };
      await bury({ headers: { 'x-death': [{ reason: 'rejected', time }] } });
      expect(await show(QUEUE)).toMatchObject([{ reason: 'rejected', failedAt: '' }]);
    });

    it('names a message that came without an id by its body', async () => {
      await bury({ messageId: undefined });
      expect(await show(QUEUE)).toMatchObject([
        { messageId: expect.stringMatching(/^sha256-[0-9a-f]{64}$/) },
      ]);
    });

    it('names the queues that there are when it is asked for another', async () => {
      const shown = show('orders');
      await expect(shown).rejects.toThrow(UnknownQueue);
      await expect(shown).rejects.toThrow('email.order_events, email_tasks');
    });

    it('says when the queue is not on the broker', async () => {
      await channel.deleteQueue(DEAD);
      await expect(show(QUEUE)).rejects.toThrow(QueueMissing);
    });
  });

  describe('redrive', () => {
    it('gives a message back to its queue as it was, without the story of its failures', async () => {
      const properties = {
        correlationId: 'c',
        appId: 'order-api',
        timestamp: 1_700_000_000,
        contentType: 'x/y',
      };
      const messageId = await bury({
        ...properties,
        headers: { ...FAILURE, traceparent: 't', CC: ['sms.order_events'] },
      });
      await channel.purgeQueue('sms.order_events');
      expect(await sut.redrive(QUEUE)).toEqual([messageId]);
      expect(await waiting(DEAD)).toBe(0);
      expect(await waiting('sms.order_events')).toBe(0);
      const [message] = await take(QUEUE);
      expect(message?.content.toString()).toBe(BODY);
      expect(message?.properties).toMatchObject({
        ...properties,
        messageId,
        type: 'order.created',
        deliveryMode: 2,
      });
      expect(message?.properties.headers).toEqual({
        traceparent: 't',
        'x-delivery-count': 0,
        'x-redriven': 1,
      });
    });

    it('moves all of many, each once', async () => {
      const ids = await buryMany(250);
      expect((await sut.redrive(DEAD)).sort()).toEqual([...ids].sort());
      expect((await take(QUEUE)).map(idOf).sort()).toEqual([...ids].sort());
      expect(await waiting(DEAD)).toBe(0);
    });

    it('moves only those that are asked for', async () => {
      const [first, second, third] = [await bury(), await bury(), await bury()];
      expect(await sut.redrive(QUEUE, [third, first])).toEqual([first, third]);
      await eventually(async () => expect(await waiting(DEAD)).toBe(1));
      expect((await take(QUEUE)).map(idOf)).toEqual([first, third]);
      expect((await take(DEAD)).map(idOf)).toEqual([second]);
    });

    it('moves tasks as well', async () => {
      const messageId = await bury({}, `${EMAIL_TASKS}.dead`);
      await sut.redrive(EMAIL_TASKS);
      expect((await take(EMAIL_TASKS)).map(idOf)).toEqual([messageId]);
    });

    it('ends when messages fail again at once', async () => {
      await buryMany(150);
      const headers = FAILURE;
      await channel.consume(QUEUE, (message) => {
        if (message === null) return;
        channel.sendToQueue(DEAD, message.content, { ...message.properties, headers });
        channel.ack(message);
      });
      expect(await sut.redrive(QUEUE)).toHaveLength(150);
      await eventually(async () => expect(await waiting(DEAD)).toBe(150));
    });

    it('loses nothing when it is interrupted between publish and acknowledgement', async () => {
      const ids = await buryMany(300);
      const proxy = await TcpProxy.to(vhost.url);
      const seen = new Set<string>();
      await channel.consume(QUEUE, (message) => {
        if (message === null) return;
        seen.add(String(message.properties.messageId));
        proxy.cut();
        channel.ack(message);
      });
      await expect(new DeadLetters(proxy.through(vhost.url)).redrive(QUEUE)).rejects.toThrow(
        BrokerConnectionLost,
      );
      proxy.close();
      await eventually(async () => {
        await sut.redrive(QUEUE);
        expect([...seen].sort()).toEqual([...ids].sort());
        expect(await waiting(DEAD)).toBe(0);
      });
    });

    it('keeps what a full queue does not take', async () => {
      await channel.deleteQueue(QUEUE);
      const full = { 'x-max-length': 2, 'x-overflow': 'reject-publish' };
      await channel.assertQueue(QUEUE, { durable: true, arguments: full });
      await buryMany(5);
      await expect(sut.redrive(QUEUE)).rejects.toThrow(MessageRefused);
      await eventually(async () => expect(await waiting(DEAD)).toBe(3));
      expect(await waiting(QUEUE)).toBe(2);
    });

    it('keeps all when there is no queue to give them back to', async () => {
      await bury();
      await channel.deleteQueue(QUEUE);
      await expect(sut.redrive(QUEUE)).rejects.toThrow(QueueMissing);
      expect(await waiting(DEAD)).toBe(1);
    });
  });

  describe('discard', () => {
    it('deletes one of three', async () => {
      const [first, second, third] = [await bury(), await bury(), await bury()];
      expect(await sut.discard(QUEUE, [second])).toEqual([second]);
      await eventually(async () => expect(await waiting(DEAD)).toBe(2));
      expect((await take(DEAD)).map(idOf)).toEqual([first, third]);
    });

    it('deletes none when it does not know one of them, and names that', async () => {
      const known = await bury();
      const discarded = sut.discard(QUEUE, [known, 'unknown']);
      await expect(discarded).rejects.toThrow(UnknownDeadLetters);
      await expect(discarded).rejects.toMatchObject({ messageIds: ['unknown'] });
      await eventually(async () => expect(await waiting(DEAD)).toBe(1));
    });
  });
});
