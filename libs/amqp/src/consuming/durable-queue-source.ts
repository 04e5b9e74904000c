import { Channel } from 'amqplib';
import { Needed, TopologyCheck } from '../topology/topology-check';
import { QueueSource } from './queue-source';

/**
 * A durable queue, which all replicas of the service share. It is made with the topology, and only waited for here, together with
 * what its failures need: a message that fails without them could go nowhere.
 */
export class DurableQueueSource implements QueueSource {
  readonly isExclusive = false;
  constructor(
    readonly name: string,
    private readonly needed: Needed,
    private readonly topologyCheck: TopologyCheck,
  ) {}

  async prepare(_channel: Channel, cancelled: () => boolean): Promise<string> {
    await this.topologyCheck.untilPresent(this.needed, cancelled);
    return this.name;
  }
}
