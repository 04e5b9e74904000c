import { Logger } from '@nestjs/common';
import { Backoff, Needed, TopologyCheck } from '@app/amqp';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** How long a look at the queues counts. What is published to a queue that is deleted meanwhile is kept all the same: see `reachedAll`. */
const CHECK_COUNTS_MS = 10_000;

/** Messages that are in flight to the broker at once. */
export const LARGEST_BATCH = 200;

/**
 * Whether an exchange may be published to now. Closed until it is there, and every queue that should hear of
 * it (`mandatory` cannot see that one of three is missing), and for a while after the broker refused a message.
 */
export class ExchangeGate {
  private readonly logger: Logger;
  private readonly backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  private closedUntil = 0;
  private room = LARGEST_BATCH;
  private checkedAt = -Infinity;

  constructor(
    readonly exchange: string,
    readonly queues: readonly string[],
    private readonly topologyCheck: TopologyCheck,
    /** Told why, whenever it closes. */
    private readonly onPaused: (reason: string) => void,
  ) {
    this.logger = new Logger(`${ExchangeGate.name} ${exchange}`);
  }

  /**
   * How many messages may be published at once. One after a refusal: a message that a full queue refuses has reached the other
   * queues, and reaches them again each time it is tried.
   */
  get batchSize(): number {
    return this.room;
  }

  /** Whether it is closed for a while. */
  get isPaused(): boolean {
    return performance.now() < this.closedUntil;
  }

  async isOpen(): Promise<boolean> {
    if (this.isPaused) return false;
    if (performance.now() - this.checkedAt < CHECK_COUNTS_MS) return true;
    return this.arePresent({ exchanges: [this.exchange], queues: this.queues });
  }

  /**
   * Whether what the broker has just confirmed has reached every queue: whether all are there still. Of a queue that was deleted and
   * made again within the batch it knows nothing. @throws Error when there is no connection
   */
  reachedAll(): Promise<boolean> {
    return this.arePresent({ queues: this.queues });
  }

  /** Closes for 1 to 30 s, longer each time until something goes through. */
  pause(reason: string): void {
    if (this.isPaused) return;
    this.room = 1;
    const waitMs = this.backoff.next();
    this.closedUntil = performance.now() + waitMs;
    this.recheck();
    const text = `Nothing is published to ${this.exchange} for ${waitMs} ms: ${reason}`;
    this.logger.error(text);
    this.onPaused(text);
  }

  wentThrough(): void {
    this.backoff.reset();
  }

  /** One more may go next time: whatever goes beyond the room that a queue has is repeated, and the room is not known. */
  allWentThrough(): void {
    this.room = Math.min(this.room + 1, LARGEST_BATCH);
  }

  /** After a reconnect the broker may be another one. */
  recheck(): void {
    this.checkedAt = -Infinity;
  }

  private async arePresent(needed: Needed): Promise<boolean> {
    const missing = await this.topologyCheck.missing(needed);
    if (missing.length > 0) {
      this.pause(`missing on the broker: ${missing.join(', ')}; create with "npm run topology"`);
      return false;
    }
    this.checkedAt = performance.now();
    return true;
  }
}
