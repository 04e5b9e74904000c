import { MessageProperties, Options } from 'amqplib';
import { canEncode } from '../encoding/encode';

/**
 * What the copy of a message takes along of its properties: all but its headers, which each copy chooses anew, an expiration, which
 * would make the broker drop it, and a user id, for which the broker would refuse it from anybody else. A property that amqplib has
 * read and cannot write, such as a correlation id that is not UTF-8, is left out.
 * @see https://www.rabbitmq.com/docs/validated-user-id
 */
export function copiedProperties(properties: MessageProperties): Options.Publish {
  const copied = { ...properties, headers: undefined, expiration: undefined, userId: undefined };
  const all: [name: string, value: unknown][] = Object.entries(copied);
  const unwritable = all.filter(([name, value]) => !canEncode({ [name]: value }));
  return { ...copied, ...Object.fromEntries(unwritable.map(([name]) => [name, undefined])) };
}
