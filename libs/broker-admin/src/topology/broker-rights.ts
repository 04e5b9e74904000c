import {
  answersExchangeName,
  OPS_ALERTS,
  questionsExchangeName,
  QueueKind,
  queueName,
  retryExchangeName,
  ServiceTopology,
} from '@app/contracts';

/** Regular expressions on the names of queues and exchanges. */
export interface Rights {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

const NOTHING = '^$';

/** How the broker names queues that it is asked to name. It refuses a client that names a queue so itself. */
export const OWN_QUEUES = 'amq\\.gen-.*';

/**
 * A service declares nothing, writes to its exchanges and its own retry exchange, and reads its own queues. With exclusive
 * queues, which it also has for the answers to its questions, it makes those, and binds them (a write to the queue, and a read of
 * the exchange) to what it listens to. No service writes to the default exchange, through which one reaches any queue.
 * @see https://www.rabbitmq.com/docs/access-control#authorisation
 */
export function rightsOf(entry: ServiceTopology, kind: QueueKind): Rights {
  const own = kind === 'exclusive' || (entry.asks ?? []).length > 0 ? [OWN_QUEUES] : [];
  return {
    configure: exactly(own),
    write: exactly([...written(entry).map(literally), ...own]),
    read: exactly([...read(entry, kind).map(literally), ...own]),
  };
}

function written({ service, publishes, answers = [], asks = [] }: ServiceTopology): string[] {
  return [
    ...publishes.map(({ name }) => name),
    OPS_ALERTS.name,
    retryExchangeName(service),
    ...asks.map(questionsExchangeName),
    ...answers.map(answersExchangeName),
  ];
}

function read(
  { service, listensTo, works = [], answers = [], asks = [] }: ServiceTopology,
  kind: QueueKind,
): string[] {
  const listened = listensTo.map(({ exchange }) =>
    kind === 'durable' ? queueName(service, exchange) : exchange.name,
  );
  return [...listened, ...works, ...answers, ...asks.map(answersExchangeName)];
}

/** A pattern that fits this name alone. */
export const literally = (name: string): string => name.replaceAll('.', '\\.');

/** A right on what fits one of the patterns, and on nothing else. */
export const exactly = (patterns: readonly string[]): string =>
  patterns.length === 0 ? NOTHING : `^(${patterns.join('|')})$`;
