import { encode } from '../encoding/encode';
import { OutgoingMessage } from './outgoing-message';
import { MessageUnwritable } from './publishing-errors';

/**
 * Tries to write a message before it is published. amqplib would throw only once it has counted the message among those to be
 * confirmed, and from then on every confirm of the channel would answer another message.
 * @throws MessageUnwritable
 */
export function assertWritable({ exchange, routingKey, properties }: OutgoingMessage): void {
  try {
    encode(exchange, routingKey, properties);
  } catch (error) {
    throw new MessageUnwritable(error);
  }
}

/** Whether a message can be published as it is. */
export function isWritable(message: OutgoingMessage): boolean {
  try {
    assertWritable(message);
    return true;
  } catch {
    return false;
  }
}
