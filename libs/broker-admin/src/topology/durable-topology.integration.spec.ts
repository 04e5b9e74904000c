import { DEFAULT_QUEUE_SETTINGS, EMAIL_TASKS, TOPOLOGY } from '@app/contracts';
import { Channel, ChannelModel, connect } from 'amqplib';
import { TestVhost } from '../../../../test/support/test-vhost';
import { eventually } from '../../../../infra/eventually';
import { brokerDefinitions } from './broker-definitions';
import { durableTopology } from './durable-topology';

const QUEUE = 'email.order_events';
const DEAD = `${QUEUE}.dead`;
const SETTINGS = { ...DEFAULT_QUEUE_SETTINGS, retryDelaysMs: [100] };

describe('the durable topology on a broker', () => {
  const open: { vhosts: TestVhost[]; connections: ChannelModel[] } = { vhosts: [], connections: [] };
  let vhost: TestVhost;
  let connection: ChannelModel;
  let channel: Channel;

  const load = async (queueType: 'quorum' | 'classic', settings = SETTINGS): Promise<TestVhost> => {
    const created = await TestVhost.create();
    open.vhosts.push(created);
    const accounts = {
      vhost: created.name,
      passwords: { email: 'email' },
      administrator: created.administrator,
    };
    await created.post('definitions', brokerDefinitions(accounts, { ...settings, queueType }));
    return created;
  };

  const connectTo = async (url: string, user?: string): Promise<ChannelModel> => {
    const as = new URL(url);
    if (user !== undefined) as.username = as.password = user;
    const created = await connect(as.href);
    open.connections.push(created);
    return created;
  };

  beforeAll(async () => {
    vhost = await load('quorum');
    connection = await connectTo(vhost.url);
    channel = await connection.createChannel();
  });
  afterAll(async () => {
    for (const one of open.connections) await one.close();
    for (const created of open.vhosts) await created.drop();
  });

  it('refuses tasks beyond the length limit, though their queue has no arguments', async () => {
    const { url } = await load('quorum', { ...SETTINGS, queueMaxLength: 1 });
    const stranger = await (await connectTo(url)).createConfirmChannel();
    await stranger.assertQueue(EMAIL_TASKS, { durable: true });
    const refused = async (): Promise<unknown> => {
      stranger.sendToQueue(EMAIL_TASKS, Buffer.from('{}'));
      return stranger.waitForConfirms().then(
        () => false,
        () => true,
      );
    };
    await eventually(async () => expect(await refused()).toBe(true));
  });

  const waiting = async (queue: string) => (await channel.checkQueue(queue)).messageCount;

  it.each(['quorum', 'classic'] as const)(
    'is taken as it is, and again without a change, with %s queues',
    async (queueType) => {
      const loaded = queueType === 'quorum' ? vhost : await load(queueType);
      const asker = await (await connectTo(loaded.url)).createChannel();
      const { queues, exchanges } = durableTopology(TOPOLOGY, { ...SETTINGS, queueType });
      for (const queue of queues)
        await asker.assertQueue(queue.name, { durable: true, arguments: queue.arguments });
      for (const { name, type } of exchanges) await asker.assertExchange(name, type, { durable: true });
    },
  );

  it('brings a message that waited back to its one queue', async () => {
    channel.publish('email.retry', `${QUEUE}.retry.100`, Buffer.from('again'));
    await eventually(async () => expect(await waiting(QUEUE)).toBe(1));
    const message = await channel.get(QUEUE, { noAck: true });
    expect(message && message.content.toString()).toBe('again');
    await expect(waiting('sms.order_events')).resolves.toBe(0);
  });

  describe('lets email', () => {
    /** What the broker objects; undefined when it lets the service do it. */
    const objectionTo = async (action: (as: Channel) => Promise<unknown>): Promise<string | undefined> => {
      const as = await (await connectTo(vhost.url, 'email')).createChannel();
      let objection: string | undefined;
      as.on('error', (error: Error) => (objection = error.message));
      await action(as).catch(() => undefined);
      return objection;
    };
    const publishing = (exchange: string, routingKey: string) => async (as: Channel) => {
      as.publish(exchange, routingKey, Buffer.from('?'));
      await as.checkQueue(QUEUE);
    };
    const reading = (queue: string) => (as: Channel) => as.get(queue, { noAck: true });

    it.each<[what: string, action: (as: Channel) => Promise<unknown>]>([
      ['read its queue', reading(QUEUE)],
      ['look whether the queue of another is there', (as) => as.checkQueue('sms.order_events')],
      ['write to its dead letters', publishing('email.retry', DEAD)],
    ])('%s', async (_what, action) => {
      await expect(objectionTo(action)).resolves.toBeUndefined();
    });

    it.each<[what: string, action: (as: Channel) => Promise<unknown>]>([
      ['read the queue of another', reading('sms.order_events')],
      ['publish orders', publishing('order_events', 'order.created')],
      ['write to the queue of another by the default exchange', publishing('', 'sms.order_events')],
      ['declare a queue', (as) => as.assertQueue('own')],
      ['delete its queue', (as) => as.deleteQueue(QUEUE)],
    ])('not %s', async (_what, action) => {
      await expect(objectionTo(action)).resolves.toContain('ACCESS_REFUSED');
    });
  });
});
