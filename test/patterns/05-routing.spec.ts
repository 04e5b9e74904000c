import type { ConfirmChannel } from 'amqplib';
import { openLesson, takeAll } from '../support/patterns/lesson';
import { tell, tellTable } from '../support/patterns/story';

/** Which severities each queue wants. A queue may be bound as often as it likes. */
const WANTED = {
  logbook: ['info', 'warning', 'error'],
  mail: ['warning', 'error'],
  pager: ['error'],
};

describe('05 Routing by severity', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;

  beforeAll(async () => {
    channel = await lesson.channel();
    await channel.assertExchange('alerts', 'direct');
    for (const [queue, severities] of Object.entries(WANTED)) {
      await channel.assertQueue(queue);
      for (const severity of severities) await channel.bindQueue(queue, 'alerts', severity);
    }
  });

  const publish = async (severity: string): Promise<void> => {
    channel.publish('alerts', severity, Buffer.from(severity));
    await channel.waitForConfirms();
  };

  it('a direct exchange gives a message to the queues whose binding key equals its routing key', async () => {
    for (const severity of ['info', 'warning', 'error']) await publish(severity);
    const rows: string[][] = [];
    for (const [queue, severities] of Object.entries(WANTED)) {
      const received = await takeAll(channel, queue);
      rows.push([queue, received.join(', ')]);
      expect(received).toEqual(severities);
    }
    tellTable([['queue', 'received'], ...rows]);
  });

  it('a message whose routing key no queue is bound with is dropped, without an error', async () => {
    await publish('debug');
    const received: string[] = [];
    for (const queue of Object.keys(WANTED)) received.push(...(await takeAll(channel, queue)));
    tell(`published with "debug", confirmed, and received by ${received.length} queues`);
    expect(received).toEqual([]);
  });

  it('a queue that is unbound from a severity gets no more of it', async () => {
    await channel.unbindQueue('mail', 'alerts', 'warning');
    await publish('warning');
    await publish('error');
    const received = await takeAll(channel, 'mail');
    tell(`mail, unbound from warning: ${received.join(', ')}`);
    expect(received).toEqual(['error']);
  });
});
