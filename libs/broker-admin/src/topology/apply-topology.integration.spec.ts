import { BrokerUnreachable } from '@app/amqp';
import {
  DEFAULT_QUEUE_SETTINGS,
  ORDER_EVENTS,
  ORDER_HEADERS,
  ORDER_TOPICS,
  QueueKindsConfig,
} from '@app/contracts';
import { type Channel, type ChannelModel, connect, type Options } from 'amqplib';
import { TestVhost } from '../../../../test/support/test-vhost';
import { applyTopology, TopologyDiffers } from './apply-topology';

const EMAILS = 'email.order_events';
const exclusiveEmails = Object.assign(new QueueKindsConfig(), { emailQueueKind: 'exclusive' });

describe(applyTopology.name, () => {
  let vhost: TestVhost;
  let stranger: ChannelModel;
  let channel: Channel;

  const waiting = async (queue: string) => (await channel.checkQueue(queue)).messageCount;
  const publish = async (options?: Options.Publish) => {
    const confirming = await stranger.createConfirmChannel();
    confirming.publish(ORDER_EVENTS.name, 'order.created', Buffer.from('{}'), options);
    await confirming.waitForConfirms();
    await confirming.close();
  };

  beforeEach(async () => {
    vhost = await TestVhost.create();
    stranger = await connect(vhost.url);
    channel = await stranger.createChannel();
    channel.on('error', () => undefined);
  });

  afterEach(async () => {
    await stranger.close();
    await vhost.drop();
  });

  it('makes everything that it answers, and nothing more', async () => {
    const topology = await applyTopology(vhost.url);
    const there = await vhost.get('queues/{vhost}');
    expect(there).toHaveLength(topology.queues.length);
    for (const { name } of topology.queues) expect(there).toContainEqual(expect.objectContaining({ name }));
    await publish();
    expect(await waiting(EMAILS)).toBe(1);
  });

  it('lets a listener choose from the orders by routing key, and by header', async () => {
    await applyTopology(vhost.url);
    const bound = async (exchange: string, key: string, headers: object) => {
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, exchange, key, headers);
      return queue;
    };
    const created = await bound(ORDER_TOPICS.name, 'order.created', {});
    const cancelled = await bound(ORDER_TOPICS.name, '*.cancelled', {});
    const inEuro = await bound(ORDER_HEADERS.name, '', { 'x-match': 'all', currency: 'EUR' });
    const inDollars = await bound(ORDER_HEADERS.name, '', { 'x-match': 'all', currency: 'USD' });
    await publish({ headers: { currency: 'EUR' } });
    expect(await Promise.all([created, cancelled, inEuro, inDollars].map(waiting))).toEqual([1, 0, 1, 0]);
  });

  it('can be run again, and leaves the messages where they are', async () => {
    await applyTopology(vhost.url);
    await publish();
    await applyTopology(vhost.url);
    expect(await waiting(EMAILS)).toBe(1);
  });

  it('binds each queue as soon as it has made it: what is there is bound, also where a later one cannot be made', async () => {
    await channel.assertQueue('sms.order_events', { durable: true });
    await expect(applyTopology(vhost.url)).rejects.toThrow(TopologyDiffers);
    await publish();
    expect(await waiting(EMAILS)).toBe(1);
  });

  it('names a queue that was made otherwise, and what differs', async () => {
    await channel.assertQueue(EMAILS, {
      durable: true,
      arguments: { 'x-queue-type': 'quorum', 'x-max-length': 7 },
    });
    const applied = applyTopology(vhost.url);
    await expect(applied).rejects.toThrow(TopologyDiffers);
    await expect(applied).rejects.toMatchObject({
      subject: EMAILS,
      message: expect.stringMatching(/"email\.order_events" is there already.*'x-/),
    });
  });

  it('names an exchange of another type', async () => {
    await channel.assertExchange(ORDER_EVENTS.name, 'topic');
    await expect(applyTopology(vhost.url)).rejects.toMatchObject({ subject: ORDER_EVENTS.name });
  });

  it('unbinds the queue of a service that listens through exclusive ones, and keeps what is in it', async () => {
    await applyTopology(vhost.url);
    await publish();
    await applyTopology(vhost.url, exclusiveEmails);
    await publish();
    expect(await waiting(EMAILS)).toBe(1);
    expect(await waiting('sms.order_events')).toBe(2);
  });

  it('makes no queue for such a service', async () => {
    await applyTopology(vhost.url, exclusiveEmails);
    await expect(channel.checkQueue(EMAILS)).rejects.toThrow(/NOT_FOUND/);
  });

  it('makes queues as it is told', async () => {
    const settings = { ...DEFAULT_QUEUE_SETTINGS, queueType: 'classic', retryDelaysMs: [7] } as const;
    await applyTopology(vhost.url, new QueueKindsConfig(), settings);
    expect(await waiting(`${EMAILS}.retry.7`)).toBe(0);
    expect(await vhost.get(`queues/{vhost}/${EMAILS}`)).toMatchObject({ type: 'classic' });
  });

  it('goes on to the next node of a cluster when one does not answer', async () => {
    await applyTopology(['amqp://user:password@127.0.0.1:1/vhost', vhost.url]);
    expect(await waiting(EMAILS)).toBe(0);
  });

  it('says which broker it cannot reach, and why, without the password', async () => {
    const applied = applyTopology('amqp://user:password@127.0.0.1:1/vhost');
    await expect(applied).rejects.toThrow(BrokerUnreachable);
    await expect(applied).rejects.toThrow(
      'Cannot connect to the broker at 127.0.0.1:1/vhost (connect ECONNREFUSED 127.0.0.1:1)',
    );
  });

  it('says why a broker refuses the connection', async () => {
    const url = new URL(vhost.url);
    url.password = 'wrong';
    await expect(applyTopology(url.href)).rejects.toThrow(/^Cannot connect.*ACCESS_REFUSED((?!wrong).)*$/s);
  });

  it('says that there is no such virtual host', async () => {
    const url = new URL(vhost.url);
    url.pathname = '/nowhere';
    await expect(applyTopology(url.href)).rejects.toThrow(/^Cannot connect.*no such virtual host/);
  });
});
