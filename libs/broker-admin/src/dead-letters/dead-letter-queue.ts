import { deadLetterQueueName } from '@app/contracts';
import type { ConfirmChannel, GetMessage, Message } from '@app/amqp';
import { deadLetterIdOf } from './dead-letter';
import { UnknownDeadLetters } from './dead-letter-errors';
import { messageCount } from './message-count';

/** Messages under way, and in memory, at once. The broker holds back acknowledgements beyond 32, and forgets those when the channel closes. */
const BATCH = 25;

/** The dead letters of one queue, on an open channel. What is taken returns when the channel closes, unless it is acknowledged. */
export class DeadLetterQueue {
  private readonly name: string;
  /** Taken before anybody asked for them. */
  private readonly ahead: GetMessage[] = [];

  constructor(
    private readonly channel: ConfirmChannel,
    queue: string,
  ) {
    this.name = deadLetterQueueName(queue);
  }

  /** Takes as many as there are now and no more: what comes in meanwhile stays. The oldest first. @throws QueueMissing */
  async *batches(): AsyncGenerator<GetMessage[]> {
    let left = await messageCount(this.channel, this.name);
    while (left > 0) {
      const batch = await this.take(Math.min(left, BATCH));
      if (batch.length === 0) return;
      yield batch;
      left -= batch.length;
    }
  }

  /**
   * Those with these ids, or none when one of them is unknown. It looks at all that are there, since two may have the same id, and keeps
   * those alone. @throws QueueMissing, UnknownDeadLetters
   */
  async choose(ids: readonly string[]): Promise<GetMessage[]> {
    const chosen: GetMessage[] = [];
    for await (const batch of this.batches())
      chosen.push(...batch.filter((message) => ids.includes(deadLetterIdOf(message))));
    const found = chosen.map(deadLetterIdOf);
    const unknown = ids.filter((id) => !found.includes(id));
    if (unknown.length > 0) throw new UnknownDeadLetters(this.name, unknown);
    return chosen;
  }

  /**
   * Resolves when the messages are gone for good. AMQP confirms no acknowledgement, and one that is on its way may be lost
   * when the channel closes; but a queue that answers what it is asked next has seen all before.
   */
  async acknowledge(messages: readonly Message[]): Promise<void> {
    for (let first = 0; first < messages.length; first += BATCH) {
      for (const message of messages.slice(first, first + BATCH)) this.channel.ack(message);
      const next = await this.channel.get(this.name);
      if (next !== false) this.ahead.push(next);
    }
  }

  private async take(limit: number): Promise<GetMessage[]> {
    const messages: GetMessage[] = [];
    while (messages.length < limit) {
      const message = this.ahead.shift() ?? (await this.channel.get(this.name));
      if (message === false) break;
      messages.push(message);
    }
    return messages;
  }
}
