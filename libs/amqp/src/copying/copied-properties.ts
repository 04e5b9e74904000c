import { MessageProperties } from 'amqplib';

/**
 * What the copy of a message takes along of its properties: all but an expiration, which would make the broker drop it, and
 * a user id, for which the broker would refuse it from anybody else.
 * @see https://www.rabbitmq.com/docs/validated-user-id
 */
export const copiedProperties = (properties: MessageProperties): MessageProperties => ({
  ...properties,
  expiration: undefined,
  userId: undefined,
});
