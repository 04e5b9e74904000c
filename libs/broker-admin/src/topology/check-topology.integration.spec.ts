import {
  type Alert,
  EMAIL_TASKS,
  INVENTORY_EVENTS,
  OPS_ALERTS,
  ORDER_EVENTS,
  ORDER_TOPICS,
  QueueKindsConfig,
} from '@app/contracts';
import { type Channel, type ChannelModel, connect, type ConsumeMessage } from 'amqplib';
import { eventually } from '../../../../infra/eventually';
import { sharedRabbitmq } from '../../../../test/support/addresses';
import { TestVhost } from '../../../../test/support/test-vhost';
import { applyTopology } from './apply-topology';
import { checkTopology } from './check-topology';
import { limitWorkQueues } from './limit-work-queues';
import { ManagementUnavailable } from './management-api';
import { provisionTopology } from './provision-topology';
import { TopologyWatch } from './topology-watch';

const EMAILS = 'email.order_events';
const UNBOUND = `Queue ${EMAILS} is not bound to order_events`;
const exclusiveEmails = Object.assign(new QueueKindsConfig(), { emailQueueKind: 'exclusive' });

let vhost: TestVhost;
let stranger: ChannelModel;
let channel: Channel;
let managementUrl: string;

beforeEach(async () => {
  managementUrl = new URL(sharedRabbitmq().managementUrls[0] ?? '').origin;
  vhost = await TestVhost.create();
  stranger = await connect(vhost.url);
  channel = await stranger.createChannel();
  await applyTopology(vhost.url);
  await limitWorkQueues({ url: vhost.url, managementUrl });
});

afterEach(async () => {
  await stranger.close();
  await vhost.drop();
});

const putPolicy = (name: string, policy: object) => vhost.put(`policies/{vhost}/${name}`, policy);
const SHORTER = { pattern: '^sms.order_events$', 'apply-to': 'all', definition: { 'message-ttl': 7 } };
const EXPIRING = 'Queue sms.order_events by the policy "shorter" has message-ttl 7, not unset';

const unbind = () => channel.unbindQueue(EMAILS, ORDER_EVENTS.name, '#');

describe(checkTopology.name, () => {
  const texts = async (kinds?: QueueKindsConfig): Promise<string[]> => {
    const differences = await checkTopology({ url: vhost.url, managementUrl, kinds });
    return differences.map(({ text }) => text);
  };

  it('finds nothing where everything was made', async () => {
    await expect(texts()).resolves.toEqual([]);
  });

  it('finds nothing either where strangers have what is theirs', async () => {
    await channel.assertExchange('theirs', 'topic');
    await channel.assertQueue('theirs', { durable: true });
    await channel.bindQueue('theirs', ORDER_EVENTS.name, '');
    await expect(texts()).resolves.toEqual([]);
  });

  it('names a queue that was unbound', async () => {
    await unbind();
    await expect(texts()).resolves.toEqual([UNBOUND]);
  });

  it('names an exchange that was unbound from another', async () => {
    await channel.unbindExchange(ORDER_TOPICS.name, ORDER_EVENTS.name, '');
    await expect(texts()).resolves.toEqual(['Exchange order_topics is not bound to order_events']);
  });

  it('does not mind another key where the exchange looks at none', async () => {
    await channel.bindQueue(EMAILS, ORDER_EVENTS.name, 'whatever');
    await unbind();
    await expect(texts()).resolves.toEqual([]);
  });

  it('names what is missing, and a queue that was made otherwise, and the argument', async () => {
    await channel.deleteExchange(OPS_ALERTS.name);
    await channel.deleteQueue('sms.order_events.dead');
    await channel.deleteQueue(`${EMAILS}.dead`);
    await channel.assertQueue(`${EMAILS}.dead`, {
      durable: true,
      arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 7, 'x-max-length': 1 },
    });
    await expect(texts()).resolves.toEqual([
      'There is no exchange ops_alerts',
      `Queue ${EMAILS}.dead has x-delivery-limit 7, not 1000000`,
      `Queue ${EMAILS}.dead has x-max-length 1, not unset`,
      'There is no queue sms.order_events.dead',
      `Queue ${EMAILS}.dead is not bound to email.retry by "${EMAILS}.dead"`,
    ]);
  });

  it('names an exchange and a queue that may be gone tomorrow, and another way out of an exchange', async () => {
    await channel.deleteExchange(OPS_ALERTS.name);
    await channel.assertExchange(OPS_ALERTS.name, 'direct', {
      durable: false,
      autoDelete: true,
      alternateExchange: 'amq.fanout',
    });
    await channel.deleteQueue(EMAIL_TASKS);
    await channel.assertQueue(EMAIL_TASKS, { durable: true, autoDelete: true });
    await expect(texts()).resolves.toEqual([
      'Exchange ops_alerts has durable false, not true',
      'Exchange ops_alerts has auto_delete true, not false',
      'Exchange ops_alerts has alternate-exchange "amq.fanout", not unset',
      `Queue ${EMAIL_TASKS} has auto_delete true, not false`,
    ]);
  });

  it('names a queue that hears of what it should not, also where its service listens through others', async () => {
    await channel.bindQueue(EMAILS, INVENTORY_EVENTS.name, 'stock.#');
    await expect(texts()).resolves.toEqual([
      `Queue ${EMAILS} is bound to inventory_events by "stock.#", and should not be`,
    ]);
    await expect(texts(exclusiveEmails)).resolves.toEqual([
      `Queue ${EMAILS} is bound to inventory_events by "stock.#", and should not be`,
      `Queue ${EMAILS} is bound to order_events, and should not be`,
    ]);
  });

  it('names a work queue without its limit, and one that has another', async () => {
    await vhost.delete(`policies/{vhost}/${EMAIL_TASKS}`);
    await expect(texts()).resolves.toEqual([
      `Queue ${EMAIL_TASKS} without a policy has max-length unset, not 1000000`,
      `Queue ${EMAIL_TASKS} without a policy has overflow unset, not "reject-publish"`,
    ]);
    const definition = { 'max-length': 7, overflow: 'reject-publish' };
    await putPolicy('theirs', { pattern: '^email_tasks$', 'apply-to': 'queues', priority: 1, definition });
    await expect(texts()).resolves.toEqual([
      `Queue ${EMAIL_TASKS} by the policy "theirs" has max-length 7, not 1000000`,
    ]);
  });

  it('names the queues that lose messages by a policy of others, and only where that counts', async () => {
    await putPolicy('shorter', SHORTER);
    await expect(texts()).resolves.toEqual([EXPIRING]);
    await putPolicy('stronger', {
      pattern: '^sms',
      'apply-to': 'queues',
      priority: 1,
      definition: { 'queue-leader-locator': 'balanced' },
    });
    await expect(texts()).resolves.toEqual([]);
  });

  it.each<[what: string, definition: object, difference: string]>([
    ['lets it expire', { expires: 60_000 }, 'has expires 60000, not unset'],
    [
      'sends its messages elsewhere',
      { 'dead-letter-exchange': 'amq.fanout' },
      'has dead-letter-exchange "amq.fanout", not unset',
    ],
  ])('names a queue where a policy of others %s', async (_, definition, difference) => {
    await putPolicy('theirs', { ...SHORTER, definition });
    await expect(texts()).resolves.toEqual([`Queue sms.order_events by the policy "theirs" ${difference}`]);
  });

  it('names both of two policies of the same priority', async () => {
    await putPolicy('shorter', SHORTER);
    await putPolicy('shortest', { ...SHORTER, definition: { 'message-ttl': 1 } });
    const other = 'Queue sms.order_events by the policy "shortest" has message-ttl 1, not unset';
    expect((await texts()).toSorted()).toEqual([EXPIRING, other]);
  });

  it('has nothing against policies of what is not ours', async () => {
    await putPolicy('exchanges', {
      pattern: '',
      'apply-to': 'exchanges',
      definition: { 'alternate-exchange': 'x' },
    });
    await putPolicy('theirs', { pattern: '^theirs', 'apply-to': 'all', definition: { expires: 60_000 } });
    await expect(texts()).resolves.toEqual([]);
  });

  it.each([
    ['nothing answers', 'http://127.0.0.1:1', 'guest'],
    ['the user is refused', undefined, 'wrong'],
  ])('says where %s, and tells no password', async (_, elsewhere, password) => {
    const address = elsewhere ?? managementUrl;
    const url = new URL(vhost.url);
    url.password = password;
    const checked = checkTopology({ url: url.href, managementUrl: address });
    await expect(checked).rejects.toThrow(ManagementUnavailable);
    await expect(checked).rejects.toMatchObject({ message: expect.stringContaining(address) });
    await expect(checked).rejects.toMatchObject({ message: expect.not.stringContaining('wrong') });
  });
});

describe(provisionTopology.name, () => {
  let said: string[];
  const alerts: Alert[] = [];
  const provision = (address = managementUrl) =>
    provisionTopology({ url: vhost.url, managementUrl: address }, (line) => said.push(line));

  beforeEach(async () => {
    said = [];
    alerts.length = 0;
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, OPS_ALERTS.name, 'error');
    const hear = (message: ConsumeMessage | null) => {
      const alert: Alert = JSON.parse(String(message?.content));
      alerts.push(alert);
    };
    await channel.consume(queue, hear, { noAck: true });
  });

  it('binds a queue again, says so and raises an alert', async () => {
    await unbind();
    await provision();
    expect(said).toEqual([expect.stringContaining(`${UNBOUND}: it is bound again`)]);
    await eventually(() =>
      expect(alerts).toEqual([
        expect.objectContaining({ severity: 'error', code: 'TOPOLOGY_DIFFERS', text: said[0] }),
      ]),
    );
    await expect(checkTopology({ url: vhost.url, managementUrl })).resolves.toEqual([]);
  });

  it('gives the work queues their limits again, and tells of the policies of others that are left', async () => {
    await vhost.delete(`policies/{vhost}/${EMAIL_TASKS}`);
    await provision();
    expect(said).toEqual([]);
    await putPolicy('shorter', SHORTER);
    await provision();
    expect(said).toEqual([EXPIRING]);
    await expect(checkTopology({ url: vhost.url, managementUrl })).resolves.toMatchObject([
      { text: EXPIRING },
    ]);
  });

  it('gives the work queues of a broker that has none their limits', async () => {
    await channel.deleteQueue(EMAIL_TASKS);
    await vhost.delete(`policies/{vhost}/${EMAIL_TASKS}`);
    await provision();
    await expect(checkTopology({ url: vhost.url, managementUrl })).resolves.toEqual([]);
  });

  it('says nothing where all was well, or where it makes what was never there', async () => {
    await channel.deleteQueue(EMAILS);
    await provision();
    await provision();
    expect(said).toEqual([]);
    expect(alerts).toEqual([]);
  });

  it('makes everything also where the management API does not answer, and says that it was not looked at', async () => {
    await unbind();
    await provision('http://127.0.0.1:1');
    expect(said).toEqual([expect.stringContaining('The bindings and policies are not checked')]);
    await expect(checkTopology({ url: vhost.url, managementUrl })).resolves.toEqual([]);
  });
});

describe(TopologyWatch.name, () => {
  it('tells of a difference once, and again when it comes again', async () => {
    const told: string[] = [];
    const stop = new AbortController();
    let looks = 0;
    const check = () => {
      looks += 1;
      return checkTopology({ url: vhost.url, managementUrl });
    };
    const watching = new TopologyWatch(check, ({ code, text }) => told.push(`${code}: ${text}`), 10).until(
      stop.signal,
    );
    const afterMoreLooks = async () => {
      const enough = looks + 3;
      await eventually(() => expect(looks).toBeGreaterThan(enough));
    };

    await afterMoreLooks();
    expect(told).toEqual([]);
    await unbind();
    await afterMoreLooks();
    await channel.bindQueue(EMAILS, ORDER_EVENTS.name, '#');
    await afterMoreLooks();
    await unbind();
    await afterMoreLooks();
    expect(told).toEqual(Array(2).fill(`TOPOLOGY_DIFFERS: ${UNBOUND}`));

    stop.abort();
    await watching;
  });
});
