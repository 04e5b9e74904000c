import type { Channel } from '@app/amqp';
import { isReply, NOT_FOUND, QueueMissing } from '@app/amqp';

/**
 * How many messages wait in a queue; those that a consumer has taken do not count. The broker answers for a queue
 * that is not there by closing the channel.
 * @throws QueueMissing
 */
export async function messageCount(channel: Channel, queue: string): Promise<number> {
  try {
    return (await channel.checkQueue(queue)).messageCount;
  } catch (error) {
    throw isReply(error, NOT_FOUND) ? new QueueMissing(queue) : error;
  }
}
