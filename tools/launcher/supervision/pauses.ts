import { Backoff } from '@app/amqp';

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** What ran for so long is not what a restart could not mend. */
const STABLE_MS = 10_000;

/** How long to wait before each restart: a second, and twice as long each time that it ends soon after a start. */
export class Pauses {
  private readonly backoff = new Backoff(FIRST_MS, LONGEST_MS);
  private startedAt = 0;

  started(): void {
    this.startedAt = Date.now();
  }

  /** @returns milliseconds */
  next(): number {
    if (Date.now() - this.startedAt >= STABLE_MS) this.backoff.reset();
    return this.backoff.next();
  }
}
