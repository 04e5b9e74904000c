import type { ConfirmChannel, Message } from 'amqplib';
import { openLesson, takeAll, textOf } from '../support/patterns/lesson';
import { tell } from '../support/patterns/story';

describe('10 Mandatory and returned', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;
  let events: string[];

  beforeEach(async () => {
    channel = await lesson.channel();
    events = [];
    channel.on('return', (message: Message) => events.push(`returned: ${textOf(message)}`));
    await channel.assertExchange('orders', 'direct');
  });

  const publish = async (exchange: string, text: string, mandatory: boolean): Promise<void> => {
    channel.publish(exchange, text, Buffer.from(text), { mandatory }, (error: unknown) => {
      events.push(`${error === null ? 'confirmed' : 'refused'}: ${text}`);
    });
    await channel.waitForConfirms();
    tell(`mandatory ${mandatory}: ${events.join(', then ')}`);
  };

  it('confirmed is not routed: a message that reaches no queue is confirmed, and lost', async () => {
    await publish('orders', 'created', false);
    expect(events).toEqual(['confirmed: created']);
  });

  it('a mandatory message that reaches no queue is returned first, and confirmed then', async () => {
    await publish('orders', 'created', true);
    expect(events).toEqual(['returned: created', 'confirmed: created']);
  });

  it('mandatory does not see that one of several queues is missing', async () => {
    await channel.assertExchange('all', 'fanout');
    for (const queue of ['email', 'sms']) {
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, 'all', '');
    }
    await channel.unbindQueue('sms', 'all', '');
    await publish('all', 'created', true);
    expect(events).toEqual(['confirmed: created']);
    expect(await takeAll(channel, 'email')).toEqual(['created']);
    expect(await takeAll(channel, 'sms')).toEqual([]);
  });

  it('an alternate exchange takes what an exchange cannot route', async () => {
    await channel.assertExchange('unrouted', 'fanout');
    await channel.assertQueue('unrouted');
    await channel.bindQueue('unrouted', 'unrouted', '');
    await channel.assertExchange('safe', 'direct', { alternateExchange: 'unrouted' });
    await publish('safe', 'created', true);
    expect(events).toEqual(['confirmed: created']);
    expect(await takeAll(channel, 'unrouted')).toEqual(['created']);
  });
});
