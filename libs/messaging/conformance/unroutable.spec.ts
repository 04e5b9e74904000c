import { randomUUID } from 'node:crypto';
import { eventually } from '../../../infra/eventually';
import { MessagingHarness } from '../../../test/support/messaging-harness';
import { SETTING } from '../../../test/support/setting';
import { MessageUnroutable, Publisher } from '@app/amqp';

/** An exchange that email may write to, and a queue that is bound to it. */
const EXCHANGE = 'email.retry';
const BOUND = 'email_tasks.dead';

describe('What no queue is bound for is told', () => {
  let harness: MessagingHarness;
  let sut: Publisher;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email', queues: SETTING.queues });
    sut = harness.app.get(Publisher);
    await eventually(() => sut.isAvailable);
  });
  afterAll(() => harness.close());

  const message = (routingKey: string, messageId: string = randomUUID()) => ({
    exchange: EXCHANGE,
    routingKey,
    content: Buffer.from('?'),
    properties: { messageId },
  });

  it('although the broker has confirmed it', async () => {
    await expect(sut.publish(message('nowhere'))).rejects.toThrow(MessageUnroutable);
    await expect(sut.publish(message('nowhere'))).rejects.toMatchObject({
      code: 'MESSAGE_UNROUTABLE',
      exchange: EXCHANGE,
      routingKey: 'nowhere',
    });
  });

  it('of each of many that are in flight', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => sut.publish(message(index % 2 === 0 ? BOUND : 'nowhere'))),
    );
    expect(results.map(({ status }) => status)).toEqual(
      results.map((_, index) => (index % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
  });

  it('until a queue is bound', async () => {
    const messageId = randomUUID();
    await expect(sut.publish(message('later', messageId))).rejects.toThrow(MessageUnroutable);
    await harness.channel.bindQueue(BOUND, EXCHANGE, 'later');
    await expect(sut.publish(message('later', messageId))).resolves.toBeUndefined();
  });
});
