import { Delivery } from '@app/amqp';
import { Received } from '../../pipeline/received';
import { Next, Outcome, Step } from '../../pipeline/step';

/** Reads each message, and lets those go on that are valid and handled here; one that is not valid keeps no other from it. */
export abstract class ReadStep implements Step<Delivery, Received> {
  /** @returns undefined for a message without a handler here @throws PermanentError for one that is not valid */
  protected abstract read(delivery: Delivery): Received | undefined;

  /** What metrics call the type of a message. What a stranger writes is not among its values: they must not grow without end. */
  abstract labelOf(delivery: Delivery): string;

  async handle(deliveries: readonly Delivery[], next: Next<Received>): Promise<readonly Outcome[]> {
    const read = deliveries.map((delivery) => this.attempt(delivery));
    const valid = read.filter(isReceived);
    const outcomes = valid.length === 0 ? [] : await next(valid);
    const left = outcomes.values();
    return read.map((one) => (isReceived(one) ? (left.next().value ?? 'give back') : one));
  }

  private attempt(delivery: Delivery): Received | Outcome {
    try {
      return this.read(delivery) ?? 'ignored';
    } catch (error) {
      return { refused: error };
    }
  }
}

const isReceived = (read: Received | Outcome): read is Received =>
  typeof read === 'object' && 'handler' in read;
