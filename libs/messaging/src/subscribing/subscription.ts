import { setTimeout as sleep } from 'node:timers/promises';
import { Delivery, QueueConsumer } from '@app/amqp';
import { DatabaseAvailability, DatabaseUnavailable } from '@app/persistence';
import { Logger } from '@nestjs/common';
import { Backoff } from '../backoff';
import { FailureHandling } from '../failures/failure-handling';
import { Dispatcher } from './dispatcher';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** What a subscription works with, made by `SubscriptionFactory`. */
export interface SubscriptionParts {
  readonly queue: string;
  readonly dispatcher: Dispatcher;
  readonly failures: FailureHandling;
  readonly database: DatabaseAvailability;
  readonly consumer: (onDelivery: (delivery: Delivery) => Promise<void>) => QueueConsumer;
}

/**
 * What happens to each message of a queue: handled and acknowledged; failed and handed over; or given back,
 * because the service's own database is away. An outage is not the message's fault: it costs no attempt.
 */
export class Subscription {
  private readonly logger: Logger;
  private readonly consumer: QueueConsumer;
  private readonly backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  private pausing?: Promise<void>;

  constructor(private readonly parts: SubscriptionParts) {
    this.logger = new Logger(parts.queue);
    this.consumer = parts.consumer((delivery) => this.handle(delivery));
  }

  /** Starts to consume once the database is there; does not wait for it. */
  start(): void {
    void this.whenDatabaseIsThere(() => this.consumer.start());
  }

  async drain(limitMs: number): Promise<void> {
    await this.consumer.drain(limitMs);
  }

  private async handle(delivery: Delivery): Promise<void> {
    try {
      await this.parts.dispatcher.dispatch(delivery.message);
    } catch (error) {
      if (!delivery.isOurs)
        this.logger.warn(`failed, and is delivered again by the broker: ${String(error)}`);
      else if (error instanceof DatabaseUnavailable) await this.giveBack(delivery);
      else await this.parts.failures.settle(delivery, this.parts.queue, error);
      return;
    }
    delivery.acknowledge();
    this.backoff.reset();
  }

  /** Pauses before it gives back, or the message would return at once. */
  private async giveBack(delivery: Delivery): Promise<void> {
    this.pausing ??= this.pause();
    await this.pausing;
    delivery.giveBack();
  }

  private async pause(): Promise<void> {
    const waitMs = this.backoff.next();
    this.logger.warn(`the database is away: pausing for at least ${waitMs} ms`);
    await this.consumer.pause().catch((error: unknown) => this.logger.warn(error));
    void sleep(waitMs).then(() =>
      this.whenDatabaseIsThere(() => {
        this.pausing = undefined;
        this.consumer.resume();
      }),
    );
  }

  /** Does nothing when the service stops first. */
  private async whenDatabaseIsThere(action: () => void): Promise<void> {
    try {
      await this.parts.database.whenAvailable();
      action();
    } catch (error) {
      this.logger.debug(error);
    }
  }
}
