import { Delivery } from '@app/amqp';
import { isBusy, isTemporary } from '@app/persistence';
import { Logger } from '@nestjs/common';
import { DatabaseOutage } from '../../outage/database-outage';
import { Next, Outcome, Step } from '../../pipeline/step';

/** How often messages wait for a connection, 3 s each time, before it counts as an outage that there is none. */
const BUSY_TRIES = 10;

/**
 * While the service's own database is away, or a lock holds it up, the consumer takes no more messages, and gives back those that
 * it has: that is no message's fault, and costs no attempt. Where all connections are in use, the messages wait for one.
 */
export class PauseWithoutDatabase implements Step<Delivery> {
  private readonly logger = new Logger(PauseWithoutDatabase.name);

  constructor(private readonly outage: DatabaseOutage) {}

  async handle(deliveries: readonly Delivery[], next: Next<Delivery>): Promise<readonly Outcome[]> {
    if (this.outage.isPaused) return this.outage.handBack(deliveries);
    try {
      return await this.withConnection(deliveries, next);
    } catch (error) {
      const areOurs = deliveries.some(({ isOurs }) => isOurs);
      if (!areOurs || !isTemporary(error)) throw error;
      return this.outage.outcomesAfter(error, deliveries);
    }
  }

  /** Where a step rejects, the same messages may be handled again (the contract of a step). */
  private async withConnection(
    deliveries: readonly Delivery[],
    next: Next<Delivery>,
    tries = BUSY_TRIES,
  ): Promise<readonly Outcome[]> {
    try {
      return await next(deliveries);
    } catch (error) {
      if (!isBusy(error) || tries === 1 || !deliveries.some(({ isOurs }) => isOurs)) throw error;
      this.logger.warn(`waiting for a connection to the database: ${error.message}`);
      return this.withConnection(deliveries, next, tries - 1);
    }
  }
}
