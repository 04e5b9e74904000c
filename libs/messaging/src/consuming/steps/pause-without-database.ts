import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff, Delivery, QueueConsumer } from '@app/amqp';
import { DatabaseAvailability, isTemporary } from '@app/persistence';
import { Logger } from '@nestjs/common';
import { Next, Outcome, Step } from '../../pipeline/step';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * While the service's own database is away, or a lock holds it up, the consumer takes no more messages, and gives back those that
 * it has: that is no message's fault, and costs no attempt.
 */
export class PauseWithoutDatabase implements Step<Delivery> {
  private readonly logger: Logger;
  private readonly backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  private pausing?: Promise<void>;

  constructor(
    private readonly consumer: QueueConsumer,
    private readonly database: DatabaseAvailability,
  ) {
    this.logger = new Logger(consumer.queue);
  }

  async handle(deliveries: readonly Delivery[], next: Next<Delivery>): Promise<readonly Outcome[]> {
    try {
      const outcomes = await next(deliveries);
      this.backoff.reset();
      return outcomes;
    } catch (error) {
      const areOurs = deliveries.some(({ isOurs }) => isOurs);
      if (!areOurs || !isTemporary(error)) throw error;
      await this.paused(error);
      return deliveries.map(() => 'give back');
    }
  }

  /** The consumer stops first, or what is given back would come again at once. */
  private async paused({ code }: { readonly code: string }): Promise<void> {
    this.pausing ??= this.pause(code);
    await this.pausing;
  }

  private async pause(reason: string): Promise<void> {
    const waitMs = this.backoff.next();
    this.logger.warn(`pausing for at least ${waitMs} ms: ${reason}`);
    await this.consumer.pause().catch((error: unknown) => this.logger.warn(error));
    void this.resumeAfter(waitMs);
  }

  /** Does nothing when the service stops first. */
  private async resumeAfter(waitMs: number): Promise<void> {
    try {
      await sleep(waitMs);
      await this.database.whenAvailable();
      this.pausing = undefined;
      this.consumer.resume();
    } catch (error) {
      this.logger.debug(error);
    }
  }
}
