import { deadLetterQueueName, queueName, TOPOLOGY } from '@app/contracts';
import { UnknownQueue } from './dead-letter-errors';

/** Every queue that can have dead letters: of events, and of tasks. */
export const QUEUES_WITH_DEAD_LETTERS: readonly string[] = TOPOLOGY.flatMap(
  ({ service, listensTo, works = [] }) => [
    ...listensTo.map(({ exchange }) => queueName(service, exchange)),
    ...works,
  ],
);

/**
 * The queue of that name.
 * @param name of the queue itself, or of its dead letters
 * @throws UnknownQueue
 */
export function queueWithDeadLetters(name: string): string {
  const isCalledSo = (queue: string): boolean => queue === name || deadLetterQueueName(queue) === name;
  const queue = QUEUES_WITH_DEAD_LETTERS.find(isCalledSo);
  if (queue === undefined) throw new UnknownQueue(name, QUEUES_WITH_DEAD_LETTERS);
  return queue;
}
