import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable } from '@app/persistence';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { ExchangeGates } from './exchange-gates';
import { OutboxEntry } from './outbox-entry';
import { OutboxPublisher, Outcome } from './outbox-publisher';
import { OutboxStore } from './outbox-store';
import { WakeUp } from './wake-up';

/** Rows that are in flight to the broker at once. */
const BATCH_SIZE = 200;

/** Milliseconds between two looks when nobody calls: for rows of a relay that was killed, and rows that waited. */
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
    private readonly gates: ExchangeGates,
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
      const confirmed = await this.carryBatch().catch((error: unknown) => this.report(error));
      if (confirmed < BATCH_SIZE) await this.wakeUp.sleep(POLL_MS);
    }
  }

  /** Resolves with how many events the broker has confirmed. */
  private async carryBatch(): Promise<number> {
    const gates = new Map((await this.gates.open()).map((gate) => [gate.exchange, gate]));
    const entries = gates.size === 0 ? [] : await this.store.claim([...gates.keys()], BATCH_SIZE);
    if (entries.length === 0) return 0;
    const outcomes = await Promise.all(
      entries.map((entry) => this.publisher.publish(entry, gates.get(entry.exchange))),
    );
    await this.settle(entries, outcomes);
    return outcomes.filter((outcome) => outcome === 'confirmed').length;
  }

  /** Waits for a database that went away: to give up would leave the rows leased, and repeat what was confirmed. */
  private async settle(entries: readonly OutboxEntry[], outcomes: readonly Outcome[]): Promise<void> {
    for (;;) {
      try {
        await this.store.settle(entries, outcomes);
        return;
      } catch (error) {
        if (this.stopping || !(error instanceof DatabaseUnavailable)) throw error;
        this.report(error);
        await this.wakeUp.sleep(POLL_MS);
      }
    }
  }

  private report(error: unknown): number {
    this.logger.warn(error);
    return 0;
  }
}
