import { Delivery } from '@app/amqp';
import { isTemporary } from '@app/persistence';
import { Outage } from '../../outage/outage';
import { Next, Outcome, Step } from '../../pipeline/step';

/**
 * While the service's own database is away, or a lock holds it up, the consumer takes no more messages, and gives back those that
 * it has: that is no message's fault, and costs no attempt.
 */
export class PauseWithoutDatabase implements Step<Delivery> {
  constructor(private readonly outage: Outage) {}

  async handle(deliveries: readonly Delivery[], next: Next<Delivery>): Promise<readonly Outcome[]> {
    if (this.outage.isPaused) return this.outage.handBack(deliveries);
    try {
      return await next(deliveries);
    } catch (error) {
      const areOurs = deliveries.some(({ isOurs }) => isOurs);
      if (!areOurs || !isTemporary(error)) throw error;
      return this.outage.outcomesAfter(error, deliveries);
    }
  }
}
