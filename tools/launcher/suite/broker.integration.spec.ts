import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TopologyDiffers } from '@app/broker-admin';
import { DEFAULT_QUEUE_SETTINGS, QueueKindsConfig, type QueueSettings } from '@app/contracts';
import { eventually } from '../../../infra/eventually';
import { ProcessLedger } from '../../../infra/processes/process-ledger';
import { GivenRabbitmq } from '../../../infra/rabbitmq/given-rabbitmq';
import { PrivateRabbitmq } from '../../../infra/rabbitmq/private-rabbitmq';
import { expressions, metricsIn } from '../../observability/expressions';
import { GivenBrokerUnusable } from './given-broker-unusable';
import { Broker, definitionsOf } from './broker';
import { OwnQueueDiffers } from './own-queue-differs';

const VHOST = 'order-events';
const STRANGERS_VHOST = 'strangers';

const accounts = {
  vhost: VHOST,
  passwords: { email: 'secret' },
  administrator: { name: 'administrator', password: 'secret' },
};

const emailIsExclusive = Object.assign(new QueueKindsConfig(), { emailQueueKind: 'exclusive' });

/** Where Prometheus asks, or one above it. */
const PORT = 19_692;

const folder = resolve('.data', 'test', `${process.pid}-broker`);
const ledger = new ProcessLedger(folder);
function own(queueKinds?: QueueKindsConfig, queues?: QueueSettings): Broker {
  const chosen = { accounts, queueKinds, queues, folder: join(folder, 'node') };
  const definitions = definitionsOf(chosen);
  return new Broker(
    new PrivateRabbitmq({ folder: join(folder, 'node'), definitions, ledger, metricsPort: PORT }),
    chosen,
  );
}

let broker: Broker;

beforeAll(async () => {
  await ledger.take();
  broker = own();
  await broker.prepare();
  await broker.start();
});

afterAll(async () => {
  await broker.remove();
  ledger.release();
  rmSync(folder, { recursive: true, force: true });
});

const listeners = async (vhost: string): Promise<string[]> => {
  const path = `exchanges/${vhost}/order_events/bindings/source`;
  const bindings = await broker.management.get<{ destination: string; destination_type: string }[]>(path);
  const ofQueues = bindings.filter(({ destination_type }) => destination_type === 'queue');
  return ofQueues.map(({ destination }) => destination).sort();
};

const ALL = ['email.order_events', 'inventory.order_events', 'sms.order_events'];
const ALL_BUT_EMAIL = ['inventory.order_events', 'sms.order_events'];

describe(GivenRabbitmq.name, () => {
  const given = (user: string, vhost = STRANGERS_VHOST, port = String(broker.port)) =>
    new Broker(new GivenRabbitmq([`amqp://${user}:secret@127.0.0.1:${port}/${vhost}`]));

  const allow = async (user: string, configure: string): Promise<void> => {
    await broker.management.put(`users/${user}`, { password: 'secret', tags: '' });
    await broker.management.put(`permissions/${STRANGERS_VHOST}/${user}`, {
      configure,
      write: '.*',
      read: '.*',
    });
  };

  beforeAll(async () => {
    await broker.management.put(`vhosts/${STRANGERS_VHOST}`);
    await allow('stranger', '.*');
    await allow('reader', '^$');
  });

  const failureOf = async (sut: Broker): Promise<string> => {
    const failure: unknown = await sut.prepare().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GivenBrokerUnusable);
    const { message } = Object(failure);
    expect(message).not.toContain('secret');
    return String(message);
  };

  it('gets the topology, and keeps it when the suite is gone', async () => {
    const sut = given('stranger');
    await sut.prepare();
    await sut.start();
    await sut.remove();
    expect(await listeners(STRANGERS_VHOST)).toEqual(ALL);
  });

  it('says which queue is there already and differs', async () => {
    const queue = `queues/${STRANGERS_VHOST}/sms.order_events`;
    await broker.management.delete(queue);
    await broker.management.put(queue, { durable: true });
    await expect(given('stranger').prepare()).rejects.toThrow(TopologyDiffers);
    await expect(given('stranger').prepare()).rejects.toThrow('"sms.order_events"');
  });

  it('says which rights its user needs', async () => {
    expect(await failureOf(given('reader'))).toContain('rights to configure');
  });

  it('says that the virtual host is missing', async () => {
    expect(await failureOf(given('stranger', 'nowhere'))).toContain('no such virtual host');
  });

  it('says that the user is refused', async () => {
    expect(await failureOf(given('nobody'))).toContain('Login was refused');
  });

  it('says where nothing answers', async () => {
    expect(await failureOf(given('stranger', STRANGERS_VHOST, '1'))).toContain('127.0.0.1:1');
  });
});

describe(PrivateRabbitmq.name, () => {
  const rightsOfEmail = async (): Promise<unknown> =>
    (await broker.management.get<{ configure: string }>(`permissions/${VHOST}/email`)).configure;

  it('has the queues and rights of the chosen kinds, also after another choice', async () => {
    expect(await listeners(VHOST)).toEqual(ALL);
    expect(await rightsOfEmail()).toBe('^$');
    await broker.stop();
    broker = own(emailIsExclusive);
    await broker.start();
    expect(await listeners(VHOST)).toEqual(ALL_BUT_EMAIL);
    expect(await rightsOfEmail()).toContain('amq');
  });

  const scraped = async (path = ''): Promise<string> => {
    const answer = await fetch(`${broker.server.metricsUrl}${path}`);
    return answer.text();
  };
  const ofEachQueue = () => scraped('/detailed?family=queue_coarse_metrics&family=queue_consumer_count');

  /** A node that has just started has no figures of a queue yet. */
  it('tells Prometheus of each queue, with its messages and its consumers', async () => {
    const labels = `{vhost="${VHOST}",queue="sms.order_events"}`;
    await eventually(async () => {
      const text = await ofEachQueue();
      for (const metric of ['messages_ready', 'messages_unacked', 'consumers'])
        expect(text.split('\n')).toContain(`rabbitmq_detailed_queue_${metric}${labels} 0`);
    });
  });

  it('tells Prometheus whatever the alerts and the dashboard ask for of it', async () => {
    const text = [await scraped(), await ofEachQueue()].join('\n');
    const isThere = (metric: string): boolean => new RegExp(`^${metric}[{ ]`, 'm').test(text);
    const wanted = expressions()
      .flatMap(metricsIn)
      .filter((metric) => metric.startsWith('rabbitmq_'));
    expect(wanted).toContain('rabbitmq_detailed_queue_consumers');
    expect(wanted.filter((metric) => !isThere(metric))).toEqual([]);
  });

  it('names the folder to delete where its queues were made otherwise before', async () => {
    await broker.stop();
    broker = own(undefined, { ...DEFAULT_QUEUE_SETTINGS, queueMaxLength: 7 });
    const started = broker.start();
    await expect(started).rejects.toThrow(OwnQueueDiffers);
    await expect(started).rejects.toThrow(`delete ${join(folder, 'node')}`);
  });
});
