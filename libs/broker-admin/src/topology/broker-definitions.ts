import { createHash, randomBytes } from 'node:crypto';
import { EXCLUSIVE_QUEUE_MAX_LENGTH } from '@app/amqp';
import { DEFAULT_QUEUE_SETTINGS, Exchange, QueueKindsConfig, QueueSettings, TOPOLOGY } from '@app/contracts';
import { OWN_QUEUES, rightsOf } from './broker-rights';
import { DEVELOPMENT_RIGHTS, DEVELOPMENT_USERS } from './development-users';
import { Binding, durableTopology } from './durable-topology';
import { workQueueLimits } from './policies';

export interface BrokerAccounts {
  readonly vhost: string;
  /** The password of each service's user, which is named like the service, and of each of `DEVELOPMENT_USERS`. A user without one is not made. */
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
  const developers = DEVELOPMENT_USERS.filter((name) => passwords[name] !== undefined);
  return {
    vhosts: [{ name: vhost }],
    users: [
      user(administrator.name, administrator.password, ['administrator']),
      ...[...services.map(({ service }) => service), ...developers].map((name) =>
        user(name, passwords[name] ?? '', []),
      ),
    ],
    permissions: [
      { user: administrator.name, vhost, configure: '.*', write: '.*', read: '.*' },
      ...services.map((entry) => ({
        user: entry.service,
        vhost,
        ...rightsOf(entry, kinds.of(entry.service)),
      })),
      ...developers.map((name) => ({ user: name, vhost, ...DEVELOPMENT_RIGHTS[name] })),
    ],
    exchanges: exchanges.map((exchange) => exchangeOf(vhost, exchange)),
    queues: queues.map((queue) => ({ ...queue, vhost, durable: true, auto_delete: false })),
    policies: [
      ...workQueueLimits(settings).map((policy) => ({ ...policy, vhost })),
      ...(developers.length > 0 ? [limitOfOwnQueues(vhost)] : []),
    ],
    bindings: bindings.map((binding) => bindingOf(vhost, binding)),
  };
}

function exchangeOf(vhost: string, { name, type }: Exchange): object {
  return { name, vhost, type, durable: true, auto_delete: false, arguments: {} };
}

function bindingOf(vhost: string, { source, destination, destinationType, routingKey }: Binding): object {
  return {
    source,
    vhost,
    destination,
    destination_type: destinationType,
    routing_key: routingKey,
    arguments: {},
  };
}

/** For those who declare a queue without a limit: a program that was forgotten fills no disk, and holds up no service. */
function limitOfOwnQueues(vhost: string): object {
  return {
    name: 'queues-named-by-the-broker',
    vhost,
    pattern: `^${OWN_QUEUES}$`,
    'apply-to': 'queues',
    priority: 0,
    definition: { 'max-length': EXCLUSIVE_QUEUE_MAX_LENGTH, overflow: 'drop-head' },
  };
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
