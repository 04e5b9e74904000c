/** A method is marked for messages that its service does not listen to: it would never be called. */
export class SubscriptionMissing extends Error {
  readonly code = 'SUBSCRIPTION_MISSING';

  /** @param by what its module must import: `MessagingModule.subscribe` */
  constructor(handler: string, messages: string, by: string) {
    super(
      `${handler} is for ${messages}, which the service does not listen to; let its module import ${by}.`,
    );
  }
}
