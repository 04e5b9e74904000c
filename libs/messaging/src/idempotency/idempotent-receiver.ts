import { Logger } from '@nestjs/common';
import { inItsContext } from '../pipeline/in-its-context';
import { Received } from '../pipeline/received';
import { Next, Outcome, Step } from '../pipeline/step';

/**
 * Lets a message have its effect once, however often it is delivered.
 * Contract: a message goes on unless it is known to have been done; where it fails, nothing is remembered as done.
 * @see https://www.enterpriseintegrationpatterns.com/patterns/messaging/IdempotentReceiver.html
 */
export abstract class IdempotentReceiver implements Step<Received> {
  protected readonly logger = new Logger(this.constructor.name);

  /** Whether messages that have come meanwhile are handled together, or each in a flow of its own. */
  abstract readonly inBatches: boolean;

  abstract handle(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]>;

  /** A message that has had its effect is done with. */
  protected repeated(message: Received): Outcome {
    inItsContext(message, () => this.logger.log(`message ${message.id} was handled before`));
    return 'repeated';
  }
}
