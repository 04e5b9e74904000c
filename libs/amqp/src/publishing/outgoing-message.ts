import { Options } from 'amqplib';

/** A message with where it goes. */
export interface OutgoingMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  /** The message id is the publisher's to choose, so that a repeat can be recognised. */
  readonly properties: Options.Publish & { readonly messageId: string };
}
