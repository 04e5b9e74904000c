import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfirmChannel, Message } from '@app/amqp';
import { BrokerUnavailable, CONFIRM_TIMEOUT_MS, isNack, MessageRefused, MessageUnroutable } from '@app/amqp';
import { deadLetterIdOf } from './dead-letter';
import { DeadLetterQueue } from './dead-letter-queue';
import { redrivenProperties } from './redriven-properties';

const DEFAULT_EXCHANGE = '';

/**
 * Gives messages another chance in their one queue: first a copy, confirmed by the broker, and only then the acknowledgement
 * of the dead letter. Killed between the two, the message is there twice, with the same id; it is never lost.
 * @see https://www.rabbitmq.com/docs/confirms#publisher-confirms
 */
export class Redriver {
  /** The broker gives back what it cannot route, before it confirms it. */
  private unroutable = false;
  /** Why the broker closed the channel, such as for want of rights. */
  private closed?: Error;

  constructor(
    private readonly channel: ConfirmChannel,
    private readonly queue: string,
    private readonly deadLetters: DeadLetterQueue,
  ) {
    channel.on('return', () => (this.unroutable = true));
    channel.on('error', (error: Error) => (this.closed = error));
  }

  /**
   * @returns the ids of the messages
   * @throws MessageRefused, MessageUnroutable, BrokerUnavailable; what was not moved is still a dead letter
   */
  async redrive(messages: readonly Message[]): Promise<string[]> {
    const publishing = messages.map((message) => this.publish(message));
    const outcomes = await this.inTime(Promise.allSettled(publishing));
    await this.deadLetters.acknowledge(
      messages.filter((_, index) => outcomes[index]?.status === 'fulfilled'),
    );
    await Promise.all(publishing);
    return messages.map(deadLetterIdOf);
  }

  private async inTime<T>(confirms: Promise<T>): Promise<T> {
    const late = sleep(CONFIRM_TIMEOUT_MS, undefined, { ref: false });
    const outcome = await Promise.race([confirms, late]);
    if (outcome === undefined) throw new BrokerUnavailable('it confirms nothing; a memory or disk alarm?');
    return outcome;
  }

  private publish({ content, ...message }: Message): Promise<void> {
    const properties = redrivenProperties(message);
    return new Promise((resolve, reject) => {
      const settle = (error: Error | null): void => {
        const failure = this.failureOf(error);
        if (failure === undefined) resolve();
        else reject(failure);
      };
      this.channel.publish(DEFAULT_EXCHANGE, this.queue, content, properties, settle);
    });
  }

  private failureOf(error: Error | null): Error | undefined {
    if (isNack(error)) return new MessageRefused(DEFAULT_EXCHANGE, this.queue);
    if (error !== null) return this.closed ?? error;
    return this.unroutable ? new MessageUnroutable(DEFAULT_EXCHANGE, this.queue) : undefined;
  }
}
