import { Backoff } from '@app/amqp';

/**
 * Stops calls to what has just failed, for 1 to 30 s, longer each time until a call succeeds. While it is open there is no call;
 * then the next call is its test. Outages of the database and of a provider are circuit breakers too, `DatabaseOutage` and `ProviderOutage`; a
 * probe tells their end, not the time, so they have phases of their own.
 * @see https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker
 */
export class CircuitBreaker {
  private readonly backoff = new Backoff();
  private openUntil = -Infinity;

  get isOpen(): boolean {
    return performance.now() < this.openUntil;
  }

  /**
   * Opens it. Calls that were under way together fail together, which counts as one failure.
   * @returns for how many milliseconds; undefined where it is open already
   */
  open(): number | undefined {
    if (this.isOpen) return undefined;
    const pauseMs = this.backoff.next();
    this.openUntil = performance.now() + pauseMs;
    return pauseMs;
  }

  /** A call succeeded: the next pause is a short one again. An open breaker stays open for the time that it said. */
  succeeded(): void {
    this.backoff.reset();
  }
}
