import { Channel } from 'amqplib';
import { QueueCheck } from '../topology/queue-check';
import { QueueSource } from './queue-source';

/** A durable queue, which all replicas of the service share. It is made with the topology, and only waited for here. */
export class DurableQueueSource implements QueueSource {
  constructor(
    readonly name: string,
    private readonly queueCheck: QueueCheck,
  ) {}

  async prepare(_channel: Channel, cancelled: () => boolean): Promise<string> {
    await this.queueCheck.untilPresent([this.name], cancelled);
    return this.name;
  }
}
