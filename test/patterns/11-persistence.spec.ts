import { type ConfirmChannel, connect, type GetMessage } from 'amqplib';
import { OwnRabbitmq } from '../support/own-rabbitmq';
import { numbers, takeAll } from '../support/patterns/lesson';
import { tell } from '../support/patterns/story';

const PUBLISHED = 1_000;
const ACKNOWLEDGED = 100;
const NOT_ACKNOWLEDGED = numbers(ACKNOWLEDGED + 1, PUBLISHED);

const TYPES = ['classic', 'quorum'];

/** On a RabbitMQ of its own, since this lesson stops and kills it. */
describe('11 Persistence', () => {
  let broker: OwnRabbitmq;

  const open = async (): Promise<ConfirmChannel> => {
    const connection = await connect(broker.server.url());
    // It ends when the broker does.
    connection.on('error', () => undefined);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    return channel;
  };

  /** The queues are there before the first restart. RabbitMQ 3.10 notes a new quorum queue on disk half a second late: killed before that, it loses it. */
  beforeAll(async () => {
    broker = await OwnRabbitmq.start();
    const channel = await open();
    for (const type of TYPES)
      await channel.assertQueue(type, { durable: true, arguments: { 'x-queue-type': type } });
  });
  afterAll(() => broker.remove());

  /** A thousand persistent messages, confirmed. */
  const publish = async (channel: ConfirmChannel, queue: string): Promise<void> => {
    for (const text of numbers(1, PUBLISHED))
      channel.sendToQueue(queue, Buffer.from(text), { persistent: true });
    await channel.waitForConfirms();
  };

  const takeHundred = async (channel: ConfirmChannel, queue: string): Promise<GetMessage[]> => {
    const taken: GetMessage[] = [];
    while (taken.length < ACKNOWLEDGED) {
      const message = await channel.get(queue);
      if (message !== false) taken.push(message);
    }
    return taken;
  };

  /** Publishes to a queue of each type and acknowledges the first hundred, at the very end. */
  const publishAndAcknowledge = async (): Promise<void> => {
    const channel = await open();
    const taken: GetMessage[] = [];
    for (const queue of TYPES) {
      await publish(channel, queue);
      taken.push(...(await takeHundred(channel, queue)));
    }
    for (const message of taken) channel.ack(message);
    // The broker answers this after it has read the acknowledgements, which it does not answer themselves.
    await channel.checkQueue('quorum');
  };

  it('an orderly restart keeps exactly what was persistent and not acknowledged, in its order', async () => {
    await publishAndAcknowledge();
    const before = await open();
    await before.assertQueue('mixed', { durable: true });
    for (const persistent of [true, false])
      before.sendToQueue('mixed', Buffer.from(`persistent: ${persistent}`), { persistent });
    await before.waitForConfirms();
    await broker.server.stop();
    await broker.server.start();

    const after = await open();
    for (const type of TYPES) {
      const left = await takeAll(after, type);
      tell(`${type}: ${PUBLISHED} published, ${ACKNOWLEDGED} acknowledged, restarted: ${left.length} left`);
      expect(left).toEqual(NOT_ACKNOWLEDGED);
    }
    const mixed = await takeAll(after, 'mixed');
    tell(`left of two messages, of which one was not persistent: ${mixed.join(', ')}`);
    expect(mixed).toEqual(['persistent: true']);
  });

  it('kill -9 right after the acknowledgements keeps all others; acknowledged ones may come back', async () => {
    await publishAndAcknowledge();
    await broker.server.kill();
    await broker.server.start();

    const after = await open();
    for (const type of TYPES) {
      const left = await takeAll(after, type);
      tell(`${type}: ${PUBLISHED} published, ${ACKNOWLEDGED} acknowledged, killed: n = ${left.length} left`);
      expect(NOT_ACKNOWLEDGED.filter((text) => !left.includes(text))).toEqual([]);
      expect(left.length).toBeLessThanOrEqual(PUBLISHED);
      expect(new Set(left).size).toBe(left.length);
    }
  });
});
