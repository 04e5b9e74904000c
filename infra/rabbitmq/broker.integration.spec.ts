import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TopologyDiffers } from '@app/broker-admin';
import { QueueKindsConfig } from '@app/contracts';
import { ProcessLedger } from '../processes/process-ledger';
import { GivenBroker } from './given-broker';
import { GivenBrokerUnusable } from './given-broker-unusable';
import { PrivateBroker } from './private-broker';

const VHOST = 'order-events';
const STRANGERS_VHOST = 'strangers';

const accounts = {
  vhost: VHOST,
  passwords: { email: 'secret' },
  administrator: { name: 'administrator', password: 'secret' },
};

/** Starting a node takes a while. */
jest.setTimeout(120_000);

const emailIsExclusive = Object.assign(new QueueKindsConfig(), { emailQueueKind: 'exclusive' });

const folder = resolve('.data', 'test', `${process.pid}-broker`);
const ledger = new ProcessLedger(folder);
const own = (queueKinds?: QueueKindsConfig): PrivateBroker =>
  new PrivateBroker({ folder: join(folder, 'node'), accounts, queueKinds, ledger, say: () => undefined });

let broker: PrivateBroker;

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

/** @see https://www.rabbitmq.com/docs/http-api-reference */
async function api(method: string, path: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
  const authorization = `Basic ${Buffer.from('administrator:secret').toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(`${broker.managementUrl}/api/${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return method === 'GET' ? response.json() : undefined;
}

const listeners = async (vhost: string): Promise<string[]> => {
  const bindings: { destination: string }[] = await api(
    'GET',
    `exchanges/${vhost}/order_events/bindings/source`,
  );
  return bindings.map(({ destination }) => destination).sort();
};

const ALL = ['email.order_events', 'inventory.order_events', 'sms.order_events'];
const ALL_BUT_EMAIL = ['inventory.order_events', 'sms.order_events'];

describe(GivenBroker.name, () => {
  const given = (user: string, vhost = STRANGERS_VHOST, port = new URL(broker.administratorUrl).port) =>
    new GivenBroker({ urls: [`amqp://${user}:secret@127.0.0.1:${port}/${vhost}`] });

  const allow = async (user: string, configure: string): Promise<void> => {
    await api('PUT', `users/${user}`, { password: 'secret', tags: '' });
    await api('PUT', `permissions/${STRANGERS_VHOST}/${user}`, { configure, write: '.*', read: '.*' });
  };

  beforeAll(async () => {
    await api('PUT', `vhosts/${STRANGERS_VHOST}`);
    await allow('stranger', '.*');
    await allow('reader', '^$');
  });

  const failureOf = async (sut: GivenBroker): Promise<string> => {
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
    await api('DELETE', queue);
    await api('PUT', queue, { durable: true });
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

  it('says where nobody answers', async () => {
    expect(await failureOf(given('stranger', STRANGERS_VHOST, '1'))).toContain('127.0.0.1:1');
  });
});

describe(PrivateBroker.name, () => {
  const rightsOfEmail = async (): Promise<unknown> =>
    (await api('GET', `permissions/${VHOST}/email`)).configure;

  it('has the queues and rights of the chosen kinds, also after another choice', async () => {
    expect(await listeners(VHOST)).toEqual(ALL);
    expect(await rightsOfEmail()).toBe('^$');
    await broker.stop();
    broker = own(emailIsExclusive);
    await broker.start();
    expect(await listeners(VHOST)).toEqual(ALL_BUT_EMAIL);
    expect(await rightsOfEmail()).toContain('amq');
  });
});
