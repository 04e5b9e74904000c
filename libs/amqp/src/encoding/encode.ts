import { Options } from 'amqplib';
import { publish } from 'amqplib/lib/api_args';
import { BasicProperties, BasicPublish, encodeMethod, encodeProperties } from 'amqplib/lib/defs';

/** amqplib's space for the headers of a message, in bytes. What goes beyond, it cuts off without a word. */
const SPACE = 64 * 1024;

const ANY_CHANNEL = 1;
const ANY_BODY_BYTES = 0;

/**
 * Encodes all but the body of a message, as amqplib will when it publishes that.
 * @returns the length of the properties in bytes
 * @throws whatever amqplib throws where it cannot write one; RangeError where it would cut them off
 */
export function encode(exchange: string, routingKey: string, properties: Options.Publish): number {
  const fields = publish(exchange, routingKey, properties);
  encodeMethod(BasicPublish, ANY_CHANNEL, fields);
  const { length } = encodeProperties(BasicProperties, ANY_CHANNEL, ANY_BODY_BYTES, fields);
  if (length > SPACE) throw new RangeError(`The properties of a message have more than ${SPACE} bytes`);
  return length;
}

/** Whether amqplib can write these properties, in so many bytes at most. */
export function canEncode(properties: Options.Publish, limitBytes = SPACE): boolean {
  try {
    return encode('', '', properties) <= limitBytes;
  } catch {
    return false;
  }
}
