import {
  deadLetterQueueName,
  Exchange,
  queueName,
  retryExchangeName,
  retryQueueName,
  ServiceTopology,
} from '@app/contracts';

export type Arguments = Readonly<Record<string, string | number>>;

export interface DurableQueue {
  readonly name: string;
  readonly arguments: Arguments;
}

export interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly routingKey: string;
}

/** Everything durable that the broker must have before anybody publishes. */
export interface DurableTopology {
  readonly exchanges: readonly Exchange[];
  readonly queues: readonly DurableQueue[];
  readonly bindings: readonly Binding[];
}

export interface QueueSettings {
  /** `classic` for a single small node: no length limit, no at-least-once dead-lettering. */
  readonly queueType: 'quorum' | 'classic';
  /** Messages, approximately. */
  readonly queueMaxLength: number;
  /** Milliseconds; must be the same as every service's `RETRY_DELAYS_MS`. */
  readonly retryDelaysMs: readonly number[];
}

export const DEFAULT_QUEUE_SETTINGS: QueueSettings = {
  queueType: 'quorum',
  queueMaxLength: 1_000_000,
  retryDelaysMs: [1_000, 5_000, 30_000, 120_000],
};

/** Deliveries without an answer before a message counts as one that kills its consumer. Failures are the ladder's, not counted here. */
const DELIVERY_LIMIT = 50;

/** Reading a dead letter counts as a delivery; RabbitMQ 4 would drop it after the 20th. */
const UNLIMITED_READS = 1_000_000;

/** The whole durable topology of these services. */
export function durableTopology(
  services: readonly ServiceTopology[],
  settings: QueueSettings = DEFAULT_QUEUE_SETTINGS,
): DurableTopology {
  const parts = services.map((service) => topologyOf(service, settings));
  const shared = services.flatMap(({ publishes, listensTo }) => [
    ...publishes,
    ...listensTo.map((l) => l.exchange),
  ]);
  return {
    exchanges: [...new Set(shared), ...parts.flatMap(({ exchanges }) => exchanges)],
    queues: parts.flatMap(({ queues }) => queues),
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

function topologyOf({ service, listensTo }: ServiceTopology, settings: QueueSettings): DurableTopology {
  const retryExchange = retryExchangeName(service);
  const queues = listensTo.map(({ exchange }) => queueName(service, exchange));
  const waiting = queues.flatMap((queue) => waitingQueues(queue, settings));
  return {
    exchanges: [{ name: retryExchange, type: 'direct' }],
    queues: [...queues.map((queue) => workQueue(queue, retryExchange, settings)), ...waiting],
    bindings: [
      ...listensTo.map(({ exchange, bindingKey }) => ({
        source: exchange.name,
        destination: queueName(service, exchange),
        routingKey: bindingKey,
      })),
      ...waiting.map(({ name }) => ({ source: retryExchange, destination: name, routingKey: name })),
    ],
  };
}

function workQueue(name: string, retryExchange: string, settings: QueueSettings): DurableQueue {
  const deadLetters = {
    'x-dead-letter-exchange': retryExchange,
    'x-dead-letter-routing-key': deadLetterQueueName(name),
  };
  return queue(name, settings, deadLetters, {
    ...AT_LEAST_ONCE,
    'x-max-length': settings.queueMaxLength,
    'x-delivery-limit': DELIVERY_LIMIT,
  });
}

/** The waits of the ladder, each back to the one queue, and the dead letters. */
function waitingQueues(name: string, settings: QueueSettings): DurableQueue[] {
  const retries = settings.retryDelaysMs.map((delayMs) => {
    const backToQueue = {
      'x-message-ttl': delayMs,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': name,
    };
    return queue(retryQueueName(name, delayMs), settings, backToQueue, AT_LEAST_ONCE);
  });
  return [
    ...retries,
    queue(deadLetterQueueName(name), settings, {}, { 'x-delivery-limit': UNLIMITED_READS }),
  ];
}

/**
 * A message leaves the queue only when its next one has confirmed it; that needs `reject-publish`.
 * @see https://www.rabbitmq.com/docs/quorum-queues#activating-at-least-once-dead-lettering
 */
const AT_LEAST_ONCE = { 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' };

function queue(
  name: string,
  { queueType }: QueueSettings,
  always: Arguments,
  quorumOnly: Arguments,
): DurableQueue {
  return {
    name,
    arguments: { 'x-queue-type': queueType, ...always, ...(queueType === 'quorum' && quorumOnly) },
  };
}
