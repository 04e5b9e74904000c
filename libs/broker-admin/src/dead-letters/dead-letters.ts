import { BrokerUrl, withBroker, withConnection } from '@app/amqp';
import { DeadLetter, deadLetterIdOf, deadLetterOf } from './dead-letter';
import { DeadLetterCount, deadLetterCount } from './dead-letter-count';
import { DeadLetterQueue } from './dead-letter-queue';
import { QUEUES_WITH_DEAD_LETTERS, queueWithDeadLetters } from './dead-letter-queues';
import { messageCount } from './message-count';
import { Redriver } from './redriver';

/**
 * What an operator does with messages that could not be handled. Each call has a connection of its own, and takes the name of a
 * queue or of its dead letters. Every call may throw BrokerUnreachable or BrokerConnectionLost.
 */
export class DeadLetters {
  /** @param url of a user that may read every queue, and write to all through the default exchange */
  constructor(private readonly url: BrokerUrl) {}

  /** Every queue that can have dead letters. */
  list(): Promise<DeadLetterCount[]> {
    return withConnection(this.url, async (connection) => {
      const counts: DeadLetterCount[] = [];
      for (const queue of QUEUES_WITH_DEAD_LETTERS) counts.push(await deadLetterCount(connection, queue));
      return counts;
    });
  }

  /**
   * Shows all dead letters of a queue, the oldest first and some at a time, so that any number of them takes little memory; they stay there.
   * @throws UnknownQueue, QueueMissing
   */
  async show(name: string, onSome: (letters: readonly DeadLetter[]) => void): Promise<void> {
    const queue = queueWithDeadLetters(name);
    await withBroker(this.url, async (channel) => {
      for await (const batch of new DeadLetterQueue(channel, queue).batches())
        onSome(batch.map(deadLetterOf));
    });
  }

  /**
   * Gives dead letters back to their one queue: same message id, body and properties, ladder from its start. Without ids, all
   * that are there now; one that fails again at once is not redriven again.
   * @returns the ids of what was redriven
   * @throws UnknownQueue, QueueMissing, UnknownDeadLetters; MessageRefused when the queue is full
   */
  async redrive(name: string, ids?: readonly string[]): Promise<string[]> {
    const queue = queueWithDeadLetters(name);
    return withBroker(this.url, async (channel) => {
      await messageCount(channel, queue);
      const deadLetters = new DeadLetterQueue(channel, queue);
      const redriver = new Redriver(channel, queue, deadLetters);
      if (ids !== undefined) return redriver.redrive(await deadLetters.choose(ids));
      const redriven: string[] = [];
      for await (const batch of deadLetters.batches()) redriven.push(...(await redriver.redrive(batch)));
      return redriven;
    });
  }

  /** Deletes dead letters for good. @returns their ids @throws UnknownQueue, QueueMissing, UnknownDeadLetters */
  async discard(name: string, ids: readonly string[]): Promise<string[]> {
    const queue = queueWithDeadLetters(name);
    return withBroker(this.url, async (channel) => {
      const deadLetters = new DeadLetterQueue(channel, queue);
      const messages = await deadLetters.choose(ids);
      await deadLetters.acknowledge(messages);
      return messages.map(deadLetterIdOf);
    });
  }
}
