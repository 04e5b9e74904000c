/** Waits that double, from the first to the longest, until something succeeds. In milliseconds. */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
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
