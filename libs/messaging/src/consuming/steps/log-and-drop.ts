import { Delivery, messageIdOf } from '@app/amqp';
import { Injectable, Logger } from '@nestjs/common';
import { inContextOf } from '../../pipeline/in-context-of';
import { refusedOnError } from '../../pipeline/refused-on-error';
import { isRefused, Next, Outcome, Step } from '../../pipeline/step';

/** For exclusive queues, whose messages may be missed: a failure is logged, and that is all. */
@Injectable()
export class LogAndDrop implements Step<Delivery> {
  private readonly logger = new Logger(LogAndDrop.name);
  private dropped = 0;

  async handle(deliveries: readonly Delivery[], next: Next<Delivery>): Promise<readonly Outcome[]> {
    const outcomes = await refusedOnError(deliveries, next);
    for (const [index, delivery] of deliveries.entries()) {
      const outcome = outcomes[index];
      if (isRefused(outcome)) inContextOf(delivery, () => this.report(delivery, outcome.refused));
    }
    return outcomes.map((outcome) => (isRefused(outcome) ? 'dropped' : outcome));
  }

  private report({ queue, message }: Delivery, error: unknown): void {
    this.dropped += 1;
    const facts = { queue, messageId: messageIdOf(message), dropped: this.dropped, err: error };
    this.logger.error(facts, 'failed, and dropped');
  }
}
