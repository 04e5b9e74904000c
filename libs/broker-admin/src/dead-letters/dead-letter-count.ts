import { QueueMissing, withChannel } from '@app/amqp';
import { deadLetterQueueName } from '@app/contracts';
import type { ChannelModel } from '@app/amqp';
import { messageCount } from './message-count';

/** How many dead letters a queue has. */
export interface DeadLetterCount {
  /** The queue that the messages could not be handled from. */
  readonly queue: string;
  readonly deadLetterQueue: string;
  /** Null where the broker has no such queue: its service listens through an exclusive one, or the topology was not made. */
  readonly messages: number | null;
}

export async function deadLetterCount(connection: ChannelModel, queue: string): Promise<DeadLetterCount> {
  const deadLetterQueue = deadLetterQueueName(queue);
  return { queue, deadLetterQueue, messages: await countOrNull(connection, deadLetterQueue) };
}

async function countOrNull(connection: ChannelModel, queue: string): Promise<number | null> {
  try {
    return await withChannel(connection, (channel) => messageCount(channel, queue));
  } catch (error) {
    if (error instanceof QueueMissing) return null;
    throw error;
  }
}
