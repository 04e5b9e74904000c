import { Message } from 'amqplib';

/** The message's id, where its publisher gave it one. */
export function messageIdOf({ properties }: Message): string | undefined {
  const messageId: unknown = properties.messageId;
  return typeof messageId === 'string' && messageId !== '' ? messageId : undefined;
}
