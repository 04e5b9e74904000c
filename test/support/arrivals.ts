import type { MessagingHarness } from './messaging-harness';

/** The orders that have arrived in queues: in each of them every order once, however often it came. */
export class Arrivals {
  readonly byQueue: ReadonlyMap<string, Set<string>>;

  constructor(
    private readonly harness: MessagingHarness,
    queues: readonly string[],
  ) {
    this.byQueue = new Map(queues.map((queue) => [queue, new Set<string>()]));
  }

  /** Takes all messages out, which makes room. */
  async take(): Promise<void> {
    for (const [queue, orders] of this.byQueue)
      for (let taken = await this.harness.take(queue); taken; taken = await this.harness.take(queue))
        orders.add(String(JSON.parse(taken.content.toString()).subject));
  }
}
