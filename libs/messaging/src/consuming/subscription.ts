import { QueueConsumer } from '@app/amqp';
import { DatabaseAvailability } from '@app/persistence';
import { Logger } from '@nestjs/common';
import { Entrance } from './entrance';

/** A queue's consumer, and the pipeline that its messages go through. */
export class Subscription {
  private readonly logger = new Logger(Subscription.name);

  constructor(
    private readonly consumer: QueueConsumer,
    private readonly entrance: Entrance,
    private readonly database: DatabaseAvailability,
  ) {}

  /** Starts to consume once the database is there; does not wait for it, nor for the broker. */
  start(): void {
    this.database
      .whenAvailable()
      .then(() => this.consumer.start((delivery) => this.entrance.take(delivery)))
      .catch((error: unknown) => this.logger.debug(error));
  }

  /** Takes no more messages, and waits for those that are being handled, at most so many milliseconds. */
  async drain(limitMs: number): Promise<void> {
    this.entrance.stop();
    await this.consumer.drain(limitMs);
  }
}
