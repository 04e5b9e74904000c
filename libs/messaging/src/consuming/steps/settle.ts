import { Delivery } from '@app/amqp';
import { Logger } from '@nestjs/common';
import { isDoneWith, Next, Outcome, Step } from '../../pipeline/step';

/**
 * Acknowledges what is done with, after everything else, and gives back the rest but for what is tried again: a process that is killed at any point before
 * gets its messages again.
 * @see https://www.rabbitmq.com/docs/confirms#acknowledgement-modes
 */
export class Settle implements Step<Delivery> {
  private readonly logger = new Logger(Settle.name);

  async handle(deliveries: readonly Delivery[], next: Next<Delivery>): Promise<readonly Outcome[]> {
    const outcomes = await this.outcomesOf(deliveries, next);
    for (const [index, delivery] of deliveries.entries()) {
      const outcome = outcomes[index];
      if (isDoneWith(outcome)) delivery.acknowledge();
      else if (outcome !== 'try again') delivery.giveBack();
    }
    return outcomes;
  }

  /** Rejected is what failed for a reason of its own while the channel closed, and what broke a step's contract. */
  private async outcomesOf(
    deliveries: readonly Delivery[],
    next: Next<Delivery>,
  ): Promise<readonly Outcome[]> {
    try {
      return await next(deliveries);
    } catch (error) {
      this.logger.warn(`failed, and is delivered again by the broker: ${String(error)}`);
      return deliveries.map(() => 'give back');
    }
  }
}
