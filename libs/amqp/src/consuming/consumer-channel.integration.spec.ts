import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Channel, type ChannelModel, type ConfirmChannel, connect, type ConsumeMessage } from 'amqplib';
import { TestVhost } from '../../../../test/support/test-vhost';
import { eventually } from '../../../../infra/eventually';
import { ConsumerChannel } from './consumer-channel';

const QUEUE = 'numbers';

describe(ConsumerChannel.name, () => {
  let vhost: TestVhost;
  let connection: ChannelModel;
  let stranger: ConfirmChannel;
  let channel: Channel;
  let acks: jest.SpyInstance;
  let sut: ConsumerChannel;
  let numbers: ConsumeMessage[];

  beforeAll(async () => {
    vhost = await TestVhost.create();
    connection = await connect(vhost.url);
    stranger = await connection.createConfirmChannel();
  });
  afterAll(async () => {
    await connection.close();
    await vhost.drop();
  });

  /** The messages 1 to 5 have been delivered, on a channel of their own. */
  beforeEach(async () => {
    await stranger.assertQueue(QUEUE, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    for (const text of ['1', '2', '3', '4', '5']) stranger.sendToQueue(QUEUE, Buffer.from(text));
    channel = await connection.createChannel();
    acks = jest.spyOn(channel, 'ack');
    sut = new ConsumerChannel(channel);
    numbers = [];
    await channel.consume(QUEUE, (message) => message && numbers.push(message), { consumerTag: 'sut' });
    await eventually(() => expect(numbers).toHaveLength(5));
    await channel.cancel('sut');
  });
  afterEach(() => stranger.deleteQueue(QUEUE));

  const number = (which: number): ConsumeMessage => {
    const message = numbers[which - 1];
    if (message === undefined) throw new Error(`There is no ${which}`);
    return message;
  };
  const acknowledge = (...which: readonly number[]) => which.forEach((one) => sut.acknowledge(number(one)));

  /** What the broker still has, once it has seen the channel close. */
  const leftAfterClose = async (): Promise<string[]> => {
    await channel.close();
    const left: string[] = [];
    for (;;) {
      const message = await stranger.get(QUEUE, { noAck: true });
      if (message === false) return left;
      left.push(`${message.content.toString()}, redelivered: ${message.fields.redelivered}`);
    }
  };

  it('acknowledges all that are settled in one turn in one frame, in whichever order', async () => {
    acknowledge(3, 1, 5, 2, 4);
    await nextTurn();
    expect(acks.mock.calls).toEqual([[number(5), true]]);
    await expect(leftAfterClose()).resolves.toEqual([]);
  });

  it('acknowledges up to the first that is not settled in one frame, and each behind it alone', async () => {
    acknowledge(3, 1, 5, 2);
    await nextTurn();
    expect(acks.mock.calls).toEqual([[number(3), true], [number(5)]]);
    await expect(leftAfterClose()).resolves.toEqual(['4, redelivered: true']);
  });

  it('acknowledges none twice of those that are settled in turns of their own', async () => {
    for (const which of [3, 1, 5, 2]) {
      acknowledge(which);
      await nextTurn();
    }
    expect(acks).toHaveBeenCalledTimes(4);
    await expect(leftAfterClose()).resolves.toEqual(['4, redelivered: true']);
  });

  it('acknowledges a slow one last, with those behind it settled before', async () => {
    acknowledge(2, 3, 4, 5);
    await nextTurn();
    acknowledge(1);
    await nextTurn();
    await expect(leftAfterClose()).resolves.toEqual([]);
  });

  it('gives back at once what it is asked to, between others that are acknowledged', async () => {
    sut.giveBack(number(2));
    await eventually(async () => expect((await stranger.checkQueue(QUEUE)).messageCount).toBe(1));
    acknowledge(1, 3, 4, 5);
    await nextTurn();
    expect(acks.mock.calls).toEqual([[number(5), true]]);
    await expect(leftAfterClose()).resolves.toEqual(['2, redelivered: true']);
  });

  it('sends what waits when it is flushed, before the channel closes in the same turn', async () => {
    acknowledge(1, 2);
    sut.flush();
    await expect(leftAfterClose()).resolves.toEqual(
      ['3', '4', '5'].map((text) => `${text}, redelivered: true`),
    );
  });

  it('acknowledges nothing once it is abandoned', async () => {
    acknowledge(1);
    sut.abandon();
    await nextTurn();
    await expect(leftAfterClose()).resolves.toHaveLength(5);
  });
});
