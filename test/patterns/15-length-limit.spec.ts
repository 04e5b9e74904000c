import type { ConfirmChannel } from 'amqplib';
import { numbers, openLesson, takeAll } from '../support/patterns/lesson';
import { tellTable } from '../support/patterns/story';

const LIMIT = 5;
const PUBLISHED = 8;

/** What RabbitMQ does with a message that has no room. */
const POLICIES = {
  'drop-head': { kept: numbers(4, 8), refused: [], dead: numbers(1, 3) },
  'reject-publish': { kept: numbers(1, 5), refused: numbers(6, 8), dead: [] },
  'reject-publish-dlx': { kept: numbers(1, 5), refused: numbers(6, 8), dead: numbers(6, 8) },
};

describe('15 Length limit and overflow', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;

  beforeAll(async () => {
    channel = await lesson.channel();
  });

  const declare = async (queue: string, overflow: string): Promise<void> => {
    await channel.assertQueue(`${queue}.dead`);
    await channel.assertQueue(queue, {
      maxLength: LIMIT,
      deadLetterExchange: '',
      deadLetterRoutingKey: `${queue}.dead`,
      arguments: { 'x-overflow': overflow },
    });
  };

  /** Resolves with the messages that the broker has refused. */
  const publish = async (exchange: string, key: string, texts = numbers(1, PUBLISHED)): Promise<string[]> => {
    const refused: string[] = [];
    for (const text of texts) {
      channel.publish(exchange, key, Buffer.from(text), {}, (error: unknown) => {
        if (error !== null) refused.push(text);
      });
      // One by one, since a queue learns of its own length a moment late.
      await channel.waitForConfirms().catch(() => undefined);
    }
    return refused;
  };

  it('a full queue drops its oldest message, or refuses the new one, with or without a dead letter', async () => {
    const rows: string[][] = [];
    for (const [overflow, expected] of Object.entries(POLICIES)) {
      await declare(overflow, overflow);
      const refused = await publish('', overflow);
      const [kept, dead] = [await takeAll(channel, overflow), await takeAll(channel, `${overflow}.dead`)];
      rows.push([overflow, kept.join(' '), refused.join(' '), dead.join(' ')]);
      expect({ kept, refused, dead }).toEqual(expected);
    }
    tellTable([['x-overflow', 'kept', 'publisher refused', 'dead letters'], ...rows]);
  });

  it('on a fanout, one full queue makes the publish fail, and the other queues have the message all the same', async () => {
    await channel.assertExchange('orders', 'fanout');
    await declare('email', 'reject-publish');
    await channel.assertQueue('sms');
    for (const queue of ['email', 'sms']) await channel.bindQueue(queue, 'orders', '');
    const refused = await publish('orders', '');
    const refusedAgain = await publish('orders', '', refused);
    const [email, sms] = [await takeAll(channel, 'email'), await takeAll(channel, 'sms')];
    tellTable([
      ['publisher refused, and published again', refused.join(' ')],
      ['email (full)', email.join(' ')],
      ['sms', sms.join(' ')],
    ]);
    expect(refused).toEqual(numbers(6, 8));
    expect(refusedAgain).toEqual(refused);
    expect(email).toEqual(numbers(1, 5));
    expect(sms).toEqual([...numbers(1, 8), ...numbers(6, 8)]);
  });

  it('a queue without a limit takes all of them', async () => {
    await channel.assertQueue('unlimited');
    expect(await publish('', 'unlimited')).toEqual([]);
    expect(await channel.checkQueue('unlimited')).toMatchObject({ messageCount: PUBLISHED });
  });
});
