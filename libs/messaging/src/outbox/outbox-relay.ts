import { setTimeout as sleep } from 'node:timers/promises';
import { isTemporary } from '@app/persistence';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { PublishedExchange } from './published-exchange';
import { PublishedExchanges } from './published-exchanges';
import { OutboxEntry } from './outbox-entry';
import { OutboxPublisher } from './outbox-publisher';
import { OutboxStore } from './outbox-store';
import { PublishOutcome } from './publish-outcome';
import { WakeUp } from './wake-up';

/** Milliseconds between two looks where no commit wakes it: for rows of a relay that was killed, and rows that waited. */
const POLL_MS = 1_000;

/** Milliseconds that the broker has to confirm what is in flight when the service stops; the lease keeps what it does not. */
const STOP_LIMIT_MS = 2_000;

/**
 * Carries events from the outbox to the broker: leases a batch, publishes it outside any transaction, and deletes what
 * the broker has confirmed and not returned. Killed at any point, it repeats some messages and loses none.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private stopping = false;
  private running?: Promise<void>;

  constructor(
    private readonly store: OutboxStore,
    private readonly exchanges: PublishedExchanges,
    private readonly publisher: OutboxPublisher,
    private readonly wakeUp: WakeUp,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wakeUp.call();
    await Promise.race([this.running, sleep(STOP_LIMIT_MS, undefined, { ref: false })]);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const more = await this.carryBatches().catch((error: unknown) => this.report(error));
      if (more !== true) await this.wakeUp.sleep(POLL_MS);
    }
  }

  /** Resolves with whether there may be more to carry at once. When one fails, the others are still waited for: batches of an exchange never overlap. */
  private async carryBatches(): Promise<boolean> {
    const exchanges = await this.exchanges.ready();
    const carrying = exchanges.map((exchange) => this.carryBatch(exchange));
    await Promise.allSettled(carrying);
    return (await Promise.all(carrying)).includes(true);
  }

  private async carryBatch(exchange: PublishedExchange): Promise<boolean> {
    const { batchSize, name } = exchange;
    const entries = await this.store.claim(name, batchSize);
    if (entries.length === 0) return false;
    const outcomes = await this.publisher.publishAll(entries, exchange);
    await this.settle(entries, outcomes);
    const allWentThrough = outcomes.every((outcome) => outcome === 'confirmed');
    if (allWentThrough) exchange.allWentThrough();
    return allWentThrough && entries.length === batchSize;
  }

  /** Waits for a database that went away, or for a lock: to give up would leave the rows leased, and repeat what was confirmed. */
  private async settle(entries: readonly OutboxEntry[], outcomes: readonly PublishOutcome[]): Promise<void> {
    for (;;) {
      try {
        await this.store.settle(entries, outcomes);
        return;
      } catch (error) {
        if (this.stopping || !isTemporary(error)) throw error;
        this.report(error);
        await this.wakeUp.sleep(POLL_MS);
      }
    }
  }

  private report(error: unknown): void {
    this.logger.warn(error);
  }
}
