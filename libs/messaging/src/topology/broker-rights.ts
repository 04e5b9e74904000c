import { OPS_ALERTS, queueName, retryExchangeName, ServiceTopology } from '@app/contracts';
import { QueueKind } from './queue-kinds.config';

/** Regular expressions on the names of queues and exchanges. */
export interface Rights {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

const NOTHING = '^$';

/** How RabbitMQ's rights name the default exchange; RPC sends questions and answers through it, straight to a queue. */
const DEFAULT_EXCHANGE = 'amq.default';

/**
 * A service declares nothing, writes to its exchanges and its own retry exchange, and reads its own queues. With exclusive
 * queues it also makes those, and binds them to the exchange that it listens to.
 * @see https://www.rabbitmq.com/docs/access-control#authorisation
 */
export function rightsOf(entry: ServiceTopology, kind: QueueKind): Rights {
  const { service, publishes, listensTo, works = [], answers = [], asks = [] } = entry;
  const usesRpc = answers.length + asks.length > 0;
  const written = [
    ...publishes.map(({ name }) => name),
    OPS_ALERTS.name,
    retryExchangeName(service),
    ...(usesRpc ? [DEFAULT_EXCHANGE] : []),
  ].map(literally);
  const listened = listensTo.map(({ exchange }) =>
    kind === 'durable' ? queueName(service, exchange) : exchange.name,
  );
  const read = [...listened, ...works, ...answers].map(literally);
  if (kind === 'durable') return { configure: NOTHING, write: exactly(written), read: exactly(read) };
  const own = [EXCLUSIVE_QUEUES];
  return { configure: exactly(own), write: exactly([...written, ...own]), read: exactly([...read, ...own]) };
}

/** How the broker names queues that it is asked to name. */
const EXCLUSIVE_QUEUES = 'amq\\.gen-.*';

const literally = (name: string): string => name.replaceAll('.', '\\.');

const exactly = (patterns: readonly string[]): string => `^(${patterns.join('|')})$`;
