import { Message } from 'amqplib';
import { isShortString } from '../encoding/short-string';

/** The message's id, where its publisher gave it one. One that could not be sent on or kept, such as one that is not UTF-8, counts as none. */
export function messageIdOf({ properties }: Message): string | undefined {
  const messageId: unknown = properties.messageId;
  return isShortString(messageId) && messageId !== '' ? messageId : undefined;
}
