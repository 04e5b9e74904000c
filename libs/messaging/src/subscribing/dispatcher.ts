import type { ConsumeMessage } from '@app/amqp';

/** Brings the messages of one queue to their handlers. */
export interface Dispatcher {
  /**
   * Resolves when the message is done with: handled now, handled before, or of no interest to this service.
   * @throws PermanentError for a message that is not valid, or what the handler throws
   */
  dispatch(message: ConsumeMessage): Promise<void>;
}
