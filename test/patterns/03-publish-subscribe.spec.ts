import { eventually } from '../../infra/eventually';
import { numbers, openLesson, takeAll, textOf } from '../support/patterns/lesson';
import { tell, tellTable } from '../support/patterns/story';

const SERVICES = ['inventory', 'email', 'sms'];

describe('03 Publish/subscribe', () => {
  const lesson = openLesson();

  it('a fanout exchange gives a copy to every queue that is bound to it', async () => {
    const channel = await lesson.channel();
    await channel.assertExchange('orders', 'fanout');
    for (const service of SERVICES) {
      await channel.assertQueue(service);
      await channel.bindQueue(service, 'orders', '');
    }
    channel.publish('orders', 'its routing key is ignored', Buffer.from('order 1 was placed'));
    await channel.waitForConfirms();

    const rows: string[][] = [];
    for (const service of SERVICES) rows.push([service, ...(await takeAll(channel, service))]);
    tellTable(rows);
    expect(rows).toEqual(SERVICES.map((service) => [service, 'order 1 was placed']));
  });

  it('an exchange stores nothing: a queue that is bound later misses what came before', async () => {
    const channel = await lesson.channel();
    await channel.assertExchange('news', 'fanout');
    await channel.assertQueue('late');
    const publish = async (text: string): Promise<void> => {
      channel.publish('news', '', Buffer.from(text));
      await channel.waitForConfirms();
    };
    await publish('before');
    await channel.bindQueue('late', 'news', '');
    await publish('after');

    const received = await takeAll(channel, 'late');
    tell(`published: before, after; received: ${received.join(', ')}`);
    expect(received).toEqual(['after']);
  });

  it('two consumers of one queue share its messages; each message goes to one of them', async () => {
    const publisher = await lesson.channel();
    await publisher.assertExchange('events', 'fanout');
    await publisher.assertQueue('shared');
    await publisher.bindQueue('shared', 'events', '');
    const consumers: string[][] = [[], []];
    for (const received of consumers) {
      const channel = await lesson.channel();
      await channel.consume('shared', (message) => received.push(textOf(message)), { noAck: true });
    }
    for (const text of numbers(1, 10)) publisher.publish('events', '', Buffer.from(text));

    const inOrder = (): string[] => consumers.flat().sort((one, other) => Number(one) - Number(other));
    await eventually(() => expect(inOrder()).toEqual(numbers(1, 10)));
    consumers.forEach((received, index) => tell(`consumer ${index + 1}: ${received.join(' ')}`));
    for (const received of consumers) expect(received.length).toBe(5);
  });
});
