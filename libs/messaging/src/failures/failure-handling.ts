import { Delivery } from '@app/amqp';

/** What becomes of a message whose handling failed. */
export abstract class FailureHandling {
  /** Settles the delivery, and never rejects. */
  abstract settle(delivery: Delivery, queue: string, error: unknown): Promise<void>;
}
