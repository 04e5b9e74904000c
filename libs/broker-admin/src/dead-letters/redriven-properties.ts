import type { Message, Options } from '@app/amqp';
import { copiedProperties, REDRIVEN, timesRedrivenOf, withoutFailure } from '@app/amqp';

/**
 * The properties of a message that gets another chance: the same, message id included, without the story of its failures, so
 * that its ladder starts anew. How often that was done is counted, for who follows the message.
 */
export const redrivenProperties = ({ properties }: Pick<Message, 'properties'>): Options.Publish => ({
  ...copiedProperties(properties),
  persistent: true,
  mandatory: true,
  headers: { ...withoutFailure(properties.headers), [REDRIVEN]: timesRedrivenOf(properties) + 1 },
});
