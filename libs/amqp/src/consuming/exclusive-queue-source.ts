import { Listening } from '@app/contracts';
import { Channel } from 'amqplib';
import { QueueSource } from './queue-source';

/** A queue of one process alone drops its oldest messages beyond this, so that a slow reader does not hold up those who publish. */
export const EXCLUSIVE_QUEUE_MAX_LENGTH = 10_000;

/** Makes a queue of the channel's connection alone; the broker gives it its name, which is the answer. */
export async function makeExclusiveQueue(channel: Channel): Promise<string> {
  const { queue } = await channel.assertQueue('', {
    exclusive: true,
    durable: false,
    arguments: {
      'x-queue-type': 'classic',
      'x-max-length': EXCLUSIVE_QUEUE_MAX_LENGTH,
      'x-overflow': 'drop-head',
    },
  });
  return queue;
}

/**
 * A queue of this process alone, named by the broker. It is there as long as the connection; what is published while there
 * is none is not seen.
 * @see https://www.rabbitmq.com/docs/queues#exclusive-queues
 */
export class ExclusiveQueueSource implements QueueSource {
  readonly isExclusive = true;
  /** The queue of the connection that is open; a consumer that was paused comes back to it, and to what waits in it. */
  private made?: { readonly on: Channel; readonly queue: string };

  constructor(
    readonly name: string,
    private readonly listening: Listening,
  ) {}

  async prepare(channel: Channel): Promise<string> {
    if (this.made?.on !== channel) this.made = { on: channel, queue: await this.make(channel) };
    return this.made.queue;
  }

  private async make(channel: Channel): Promise<string> {
    const queue = await makeExclusiveQueue(channel);
    await channel.bindQueue(queue, this.listening.exchange.name, this.listening.bindingKey);
    return queue;
  }
}
