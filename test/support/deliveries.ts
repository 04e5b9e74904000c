import { Delivery } from '@app/amqp';
import type { MessageProperties } from 'amqplib';

type Channel = ConstructorParameters<typeof Delivery>[2];

const NO_PROPERTIES: MessageProperties = {
  contentType: undefined,
  contentEncoding: undefined,
  headers: {},
  deliveryMode: 2,
  priority: undefined,
  correlationId: undefined,
  replyTo: undefined,
  expiration: undefined,
  messageId: undefined,
  timestamp: undefined,
  type: undefined,
  userId: undefined,
  appId: undefined,
  clusterId: undefined,
};

const FIELDS = { deliveryTag: 1, consumerTag: '', redelivered: false, exchange: '', routingKey: '' };

/** The properties of a message: these, and no others. */
export const propertiesOf = (properties: Partial<MessageProperties>): MessageProperties => ({
  ...NO_PROPERTIES,
  ...properties,
});

/** A message as a consumer gets it, with this text as its body. */
export function deliveryOf(
  text: string,
  channel: Channel,
  properties: Partial<MessageProperties> = {},
): Delivery {
  const message = {
    content: Buffer.from(text),
    fields: FIELDS,
    properties: propertiesOf(properties),
  };
  return new Delivery('email.order_events', message, channel);
}
