/** The broker took the message, but no queue was bound for it. */
export class MessageUnroutable extends Error {
  readonly code = 'MESSAGE_UNROUTABLE';

  constructor(
    readonly exchange: string,
    readonly routingKey: string,
  ) {
    super(`No queue is bound to exchange "${exchange}" for routing key "${routingKey}".`);
  }
}

/** The broker refused the message: a queue is full (`reject-publish`) or could not store it. */
export class MessageRefused extends Error {
  readonly code = 'MESSAGE_REFUSED';

  constructor(
    readonly exchange: string,
    readonly routingKey: string,
  ) {
    super(
      `The broker refused a message to exchange "${exchange}" with routing key "${routingKey}": a queue is full.`,
    );
  }
}

/** The broker is away, blocks publishers, or did not confirm in time: the message may or may not be stored. */
export class BrokerUnavailable extends Error {
  readonly code = 'BROKER_UNAVAILABLE';

  constructor(reason: string, options?: ErrorOptions) {
    super(`The broker is not available: ${reason}.`, options);
  }
}

/** Whether the broker has refused a message: amqplib tells of a negative confirm by text alone. */
export const isNack = (error: unknown): boolean =>
  error instanceof Error && error.message === 'message nacked';

/** The message cannot be written as it is. Nothing of it was sent. */
export class MessageUnwritable extends Error {
  readonly code = 'MESSAGE_UNWRITABLE';

  constructor(cause: unknown) {
    super(`The message cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
