import type { Message, Options } from '@app/amqp';
import { copiedProperties, withoutFailure } from '@app/amqp';

/**
 * The properties of a message that gets another chance: the same, message id included, without the story of its failures, so
 * that its ladder starts anew.
 */
export const redrivenProperties = ({ properties }: Pick<Message, 'properties'>): Options.Publish => ({
  ...copiedProperties(properties),
  persistent: true,
  mandatory: true,
  headers: withoutFailure(properties.headers),
});
