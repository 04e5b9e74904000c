/**
 * Lets a message have its effect once, however often it is delivered.
 * Contract: the work runs unless it is known to have been done; when it rejects, nothing is remembered as done
 * and the error is passed on.
 * @see https://www.enterpriseintegrationpatterns.com/patterns/messaging/IdempotentReceiver.html
 */
export abstract class IdempotentReceiver {
  /** @param consumer who receives; two consumers of one database don't count for each other */
  abstract receive(consumer: string, messageId: string, work: () => Promise<void>): Promise<void>;
}
