import { connect, type ChannelModel } from 'amqplib';

/** The broker of a contestant, seen from outside. */
export class ContestantQueues {
  private connection?: Promise<ChannelModel>;

  constructor(
    private readonly url: string,
    private readonly queues: readonly string[],
  ) {}

  /** Messages that wait in each queue; those that were delivered and not acknowledged are not among them. */
  async depths(): Promise<Record<string, number>> {
    const channel = await (await this.open()).createChannel();
    const depths: Record<string, number> = {};
    for (const queue of this.queues) depths[queue] = (await channel.checkQueue(queue)).messageCount;
    await channel.close();
    return depths;
  }

  async empty(): Promise<void> {
    const channel = await (await this.open()).createChannel();
    for (const queue of this.queues) await channel.purgeQueue(queue);
    await channel.close();
  }

  async close(): Promise<void> {
    await (await this.connection)?.close();
  }

  private open(): Promise<ChannelModel> {
    return (this.connection ??= connect(this.url));
  }
}
