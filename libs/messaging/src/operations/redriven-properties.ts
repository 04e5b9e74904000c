import { Message, Options } from 'amqplib';
import { withoutFailure } from '../failures/failure-headers';

/**
 * The properties of a message that gets another chance: the same, message id included, without the story of its failures, so
 * that its ladder starts anew. With its expiration or user id the broker might drop or refuse it.
 */
export const redrivenProperties = ({ properties }: Pick<Message, 'properties'>): Options.Publish => ({
  ...properties,
  expiration: undefined,
  userId: undefined,
  persistent: true,
  mandatory: true,
  headers: withoutFailure(properties.headers),
});
