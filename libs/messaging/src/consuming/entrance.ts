import { Delivery } from '@app/amqp';

/** Where messages enter a pipeline: together, or each by itself. */
export interface Entrance {
  /** Resolves when the message is settled; never rejects. */
  take(delivery: Delivery): Promise<void>;
  /** Begins nothing more. */
  stop(): void;
}
