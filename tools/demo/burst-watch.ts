import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from '@app/amqp';
import type { Waiting } from './burst-picture';
import type { BurstScreen } from './burst-screen';
import type { OrderBurst } from './order-burst';

/** Milliseconds in which something must move. */
const STALLED_MS = 120_000;

/** Watches a burst, and the queues that it fills. */
export class BurstWatch {
  private readonly began = performance.now();
  private readonly lastSeen = new Map<string, number>();
  private highest = 0;
  private moved = { at: this.began, what: '' };

  constructor(
    private readonly burst: OrderBurst,
    private readonly queues: readonly string[],
    private readonly channel: Channel,
  ) {}

  /** Resolves with the milliseconds after which each service had no message waiting any more. */
  async untilOver(screen: BurstScreen): Promise<ReadonlyMap<string, number>> {
    const placing = this.burst.place();
    const failed = placing.then(() => new Promise<never>(() => undefined));
    for (;;) {
      const waiting = await Promise.race([this.look(), failed]);
      const { accepted: placed, orders } = this.burst;
      const seconds = (performance.now() - this.began) / 1_000;
      screen.show({ seconds, placed, orders, queues: waiting, highest: this.highest });
      if (await this.isOver(waiting)) return this.lastSeen;
      await Promise.race([sleep(screen.everyMs), failed]);
    }
  }

  private async look(): Promise<Waiting[]> {
    const states = await Promise.all(this.queues.map((queue) => this.channel.checkQueue(queue)));
    const now = performance.now();
    const waiting = states.map(({ queue, messageCount }) => ({
      service: serviceOf(queue),
      messages: messageCount,
    }));
    for (const { service, messages } of waiting) {
      this.highest = Math.max(this.highest, messages);
      if (messages > 0) this.lastSeen.set(service, now - this.began);
    }
    return waiting;
  }

  /** Messages that a service is working on are in no queue's count: it says itself when it is done with them. */
  private async isOver(waiting: readonly Waiting[]): Promise<boolean> {
    const { accepted, tookMs } = this.burst;
    const isEmpty = tookMs !== undefined && waiting.every(({ messages }) => messages === 0);
    const untold = isEmpty ? await this.burst.untold() : [];
    this.assertMoving(JSON.stringify([accepted, waiting, untold]));
    return isEmpty && untold.every((count) => count === 0) && (await this.burst.isDecided());
  }

  private assertMoving(what: string): void {
    const at = performance.now();
    if (what !== this.moved.what) this.moved = { at, what };
    if (at - this.moved.at > STALLED_MS) throw new Error(`Nothing has moved for ${STALLED_MS / 1_000} s.`);
  }
}

const serviceOf = (queue: string): string => queue.split('.')[0] ?? queue;
