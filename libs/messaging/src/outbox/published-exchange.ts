import { Needed, TopologyCheck } from '@app/amqp';
import { Logger } from '@nestjs/common';
import { CircuitBreaker } from '../outage/circuit-breaker';
import { BatchWindow } from './batch-window';

/** How long a look at the queues counts. What is published to a queue that is deleted meanwhile is kept all the same: see `reachedAll`. */
const CHECK_COUNTS_MS = 1_000;

/**
 * How long nothing is published after a missing queue has come back. A queue is made first and bound then, and AMQP lists no bindings: what
 * is published between the two does not reach it.
 */
const BOUND_WITHIN_MS = 2_000;

/**
 * An exchange that this service publishes to. Nothing is published until it and every queue that should hear of it are there
 * (`mandatory` cannot see that one of three is missing), nor for a while after the broker refused a message.
 */
export class PublishedExchange {
  private readonly logger: Logger;
  private readonly breaker = new CircuitBreaker();
  private readonly window = new BatchWindow();
  private checkedAt = -Infinity;
  private wasMissing = false;
  /** When the queues that were missing are bound, too. */
  private boundAt = -Infinity;

  constructor(
    readonly name: string,
    readonly queues: readonly string[],
    private readonly topologyCheck: TopologyCheck,
    /** Told why, whenever publishing pauses. */
    private readonly onPaused: (reason: string) => void,
  ) {
    this.logger = new Logger(`${PublishedExchange.name} ${name}`);
  }

  /** How many messages may be published at once. */
  get batchSize(): number {
    return this.window.size;
  }

  /** Whether nothing is published to it for a while. */
  get isPaused(): boolean {
    return this.breaker.isOpen || performance.now() < this.boundAt;
  }

  async mayBePublishedTo(): Promise<boolean> {
    if (this.isPaused) return false;
    if (performance.now() - this.checkedAt < CHECK_COUNTS_MS) return true;
    return this.arePresent({ exchanges: [this.name], queues: this.queues });
  }

  /**
   * Whether what the broker has just confirmed has reached every queue: whether all are there still. Of a queue that was deleted and
   * made again within the batch it knows nothing. @throws Error when there is no connection
   */
  reachedAll(): Promise<boolean> {
    return this.arePresent({ queues: this.queues });
  }

  /** Publishes nothing for 1 to 30 s, longer each time until the broker takes a message. */
  pause(reason: string): void {
    const pauseMs = this.breaker.open();
    if (pauseMs === undefined) return;
    this.window.shrinkToOne();
    this.recheck();
    this.onPaused(`Nothing is published to ${this.name} for ${pauseMs} ms: ${reason}`);
  }

  /** The broker took a message. */
  wentThrough(): void {
    this.breaker.succeeded();
  }

  /** The broker took every message of a batch. */
  allWentThrough(): void {
    this.window.grow();
  }

  /** After a reconnect the broker may be another one. */
  recheck(): void {
    this.checkedAt = -Infinity;
  }

  private async arePresent(needed: Needed): Promise<boolean> {
    const missing = await this.topologyCheck.missing(needed);
    if (missing.length > 0) {
      this.wasMissing = true;
      this.pause(`missing on the broker: ${missing.join(', ')}; create with "npm run topology".`);
      return false;
    }
    if (this.wasMissing) {
      this.waitForBindings();
      return false;
    }
    this.checkedAt = performance.now();
    return true;
  }

  private waitForBindings(): void {
    this.wasMissing = false;
    this.boundAt = performance.now() + BOUND_WITHIN_MS;
    this.logger.log(`All queues are there; publishing in ${BOUND_WITHIN_MS} ms, when they are bound`);
  }
}
