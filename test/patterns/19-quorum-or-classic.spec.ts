import type { ConfirmChannel } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { openLesson } from '../support/patterns/lesson';
import { duration, tell, tellTable, timed } from '../support/patterns/story';

const MESSAGES = 1_000;
const DELIVERY_LIMIT = 3;

describe('19 Quorum or classic', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;

  beforeAll(async () => {
    channel = await lesson.channel();
  });

  const declare = async (queue: string, type: string): Promise<void> => {
    await channel.assertQueue(`${queue}.dead`);
    await channel.assertQueue(queue, {
      deadLetterExchange: '',
      deadLetterRoutingKey: `${queue}.dead`,
      arguments: { 'x-queue-type': type, ...(type === 'quorum' && { 'x-delivery-limit': DELIVERY_LIMIT }) },
    });
  };

  /** Refuses the message of a queue again and again; resolves with the number of deliveries so far. */
  const refuseUntil = async (queue: string, enough: (deliveries: number) => Promise<boolean>) => {
    let deliveries = 0;
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message === null) return;
      deliveries += 1;
      // Counted by every version; `nack` no longer is from RabbitMQ 4.3 on.
      channel.reject(message, true);
    });
    await eventually(() => enough(deliveries), { what: 'enough deliveries' }).catch((error: unknown) => {
      tell(`${deliveries} deliveries so far`);
      throw error;
    });
    await channel.cancel(consumerTag);
    return deliveries;
  };

  it('both confirm a thousand messages, and have them', async () => {
    const rows: (string | number)[][] = [];
    for (const type of ['classic', 'quorum']) {
      await declare(`stored-${type}`, type);
      const ms = await timed(async () => {
        for (let count = 0; count < MESSAGES; count += 1)
          channel.sendToQueue(`stored-${type}`, Buffer.alloc(1_024), { persistent: true });
        await channel.waitForConfirms();
      });
      rows.push([type, duration(ms), Math.round((MESSAGES / ms) * 1_000)]);
      expect(await channel.checkQueue(`stored-${type}`)).toMatchObject({ messageCount: MESSAGES });
    }
    tellTable([[`${MESSAGES} messages of 1 KiB`, 'confirmed in', 'a second'], ...rows]);
  });

  it('a quorum queue counts deliveries: at its limit, a message becomes a dead letter', async () => {
    await declare('poisoned', 'quorum');
    channel.sendToQueue('poisoned', Buffer.from('poison'));
    const inDead = async (): Promise<boolean> =>
      (await channel.checkQueue('poisoned.dead')).messageCount === 1;
    const deliveries = await refuseUntil('poisoned', inDead);
    tell(`quorum: a dead letter after ${deliveries} deliveries`);
    expect(deliveries).toBe(DELIVERY_LIMIT + 1);
  });

  it('a classic queue does not: the same message comes again for ever', async () => {
    await declare('looping', 'classic');
    channel.sendToQueue('looping', Buffer.from('poison'));
    const deliveries = await refuseUntil('looping', (count) => Promise.resolve(count > 100));
    const { messageCount } = await channel.checkQueue('looping.dead');
    tell(`classic: ${deliveries} deliveries, ${messageCount} dead letters`);
    expect(messageCount).toBe(0);
  });

  it('a quorum queue is never exclusive or transient', async () => {
    for (const options of [{ exclusive: true }, { durable: false }]) {
      const other = await lesson.channel();
      const declaring = other.assertQueue(`q-${JSON.stringify(options)}`, {
        ...options,
        arguments: { 'x-queue-type': 'quorum' },
      });
      await expect(declaring).rejects.toThrow('406 (PRECONDITION-FAILED)');
    }
    tell('exclusive: refused; not durable: refused');
  });
});
