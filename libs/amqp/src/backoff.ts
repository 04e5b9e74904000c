/** Waits that double, from the first to the longest, until something succeeds. In milliseconds; 1 s to 30 s where not said otherwise. */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly firstMs = 1_000,
    private readonly longestMs = 30_000,
  ) {}

  /** How long to wait after this failure. */
  next(): number {
    const wait = Math.min(this.firstMs * 2 ** this.failures, this.longestMs);
    this.failures += 1;
    return wait;
  }

  reset(): void {
    this.failures = 0;
  }
}
