import { createHash, randomBytes } from 'node:crypto';
import { DEFAULT_QUEUE_SETTINGS, QueueKindsConfig, QueueSettings, TOPOLOGY } from '@app/contracts';
import { rightsOf } from './broker-rights';
import { Binding, durableTopology } from './durable-topology';

export interface BrokerAccounts {
  readonly vhost: string;
  /** The password of each service's user, which is named like the service. */
  readonly passwords: Readonly<Record<string, string>>;
  /** For people and tools: may do everything on the vhost, and use the management page. */
  readonly administrator: { readonly name: string; readonly password: string };
}

/**
 * A broker's definitions, as RabbitMQ loads them at start: the vhost, one user per service with the rights that it
 * needs and no other, the exchanges, queues, bindings and policies.
 * @see https://www.rabbitmq.com/docs/definitions
 */
export function brokerDefinitions(
  { vhost, passwords, administrator }: BrokerAccounts,
  settings: QueueSettings = DEFAULT_QUEUE_SETTINGS,
  kinds = new QueueKindsConfig(),
): object {
  const { exchanges, queues, bindings } = durableTopology(kinds.durable(TOPOLOGY), settings);
  const services = TOPOLOGY.filter(({ service }) => passwords[service] !== undefined);
  return {
    vhosts: [{ name: vhost }],
    users: [
      user(administrator.name, administrator.password, ['administrator']),
      ...services.map(({ service }) => user(service, passwords[service] ?? '', [])),
    ],
    permissions: [
      { user: administrator.name, vhost, configure: '.*', write: '.*', read: '.*' },
      ...services.map((entry) => ({
        user: entry.service,
        vhost,
        ...rightsOf(entry, kinds.of(entry.service)),
      })),
    ],
    exchanges: exchanges.map(({ name, type }) => ({
      name,
      vhost,
      type,
      durable: true,
      auto_delete: false,
      arguments: {},
    })),
    queues: queues.map((queue) => ({ ...queue, vhost, durable: true, auto_delete: false })),
    policies: policies(vhost, settings),
    bindings: bindings.map((binding) => bindingOf(vhost, binding)),
  };
}

function bindingOf(vhost: string, { source, destination, routingKey }: Binding): object {
  return {
    source,
    vhost,
    destination,
    destination_type: 'queue',
    routing_key: routingKey,
    arguments: {},
  };
}

/** The length limits of the work queues: those have no arguments, so that a stranger's plain declaration of one fits. */
function policies(vhost: string, { queueMaxLength }: QueueSettings): object[] {
  return TOPOLOGY.flatMap(({ works = [] }) => works).map((queue) => ({
    name: queue,
    vhost,
    pattern: `^${queue}$`,
    'apply-to': 'queues',
    priority: 0,
    definition: { 'max-length': queueMaxLength, overflow: 'reject-publish' },
  }));
}

function user(name: string, password: string, tags: readonly string[]): object {
  return { name, password_hash: hash(password), hashing_algorithm: 'rabbit_password_hashing_sha256', tags };
}

/**
 * Four bytes of salt before the SHA-256 of salt and password.
 * @see https://www.rabbitmq.com/docs/passwords#computing-password-hash
 */
function hash(password: string, salt = randomBytes(4)): string {
  const digest = createHash('sha256').update(salt).update(password).digest();
  return Buffer.concat([salt, digest]).toString('base64');
}
