import { deadLetterQueueName, QueueSettings, retryQueueName } from '@app/contracts';

export type Arguments = Readonly<Record<string, string | number>>;

export interface DurableQueue {
  readonly name: string;
  readonly arguments: Arguments;
}

/** Deliveries without an answer before a message counts as one that kills its consumer. Failures are the ladder's, not counted here. */
const DELIVERY_LIMIT = 50;

/** Reading a dead letter counts as a delivery; RabbitMQ 4 would drop it after the 20th. */
const UNLIMITED_READS = 1_000_000;

/**
 * A message leaves the queue only when its next one has confirmed it; that needs `reject-publish`.
 * @see https://www.rabbitmq.com/docs/quorum-queues#activating-at-least-once-dead-lettering
 */
const AT_LEAST_ONCE = { 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' };

/** Where a service's events wait for it. What kills its consumer again and again goes to the dead letters. */
export function eventQueue(name: string, retryExchange: string, settings: QueueSettings): DurableQueue {
  const deadLetters = {
    'x-dead-letter-exchange': retryExchange,
    'x-dead-letter-routing-key': deadLetterQueueName(name),
  };
  const quorumOnly = {
    ...AT_LEAST_ONCE,
    'x-max-length': settings.queueMaxLength,
    'x-delivery-limit': DELIVERY_LIMIT,
  };
  return queue(name, settings, deadLetters, quorumOnly);
}

/** The steps of a queue's ladder: each lets a message wait and then returns it to the one queue. */
export function retryQueues(name: string, settings: QueueSettings): DurableQueue[] {
  return settings.retryDelaysMs.map((delayMs) => {
    const backToQueue = {
      'x-message-ttl': delayMs,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': name,
    };
    return queue(retryQueueName(name, delayMs), settings, backToQueue, AT_LEAST_ONCE);
  });
}

/** Where a message stays until an operator decides. */
export function deadLetterQueue(name: string, settings: QueueSettings): DurableQueue {
  return queue(deadLetterQueueName(name), settings, {}, { 'x-delivery-limit': UNLIMITED_READS });
}

/**
 * A queue without arguments, so that a stranger's plain declaration of it fits. What fails on it goes to its ladder and
 * dead letters like any other message, by republishing.
 */
export const taskQueue = (name: string): DurableQueue => ({ name, arguments: {} });

/** Questions are worth nothing after half a second: no replicas, no limits. */
export const rpcQueue = (name: string): DurableQueue => ({ name, arguments: { 'x-queue-type': 'classic' } });

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
