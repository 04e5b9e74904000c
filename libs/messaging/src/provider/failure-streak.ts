/** So many failures, of at least so many messages, mean that the provider is away: fewer messages may be at fault themselves. */
const FAILURES = 10;
const MESSAGES = 5;

/** Failed calls of a provider without a success between. */
export class FailureStreak {
  private failures = 0;
  private readonly messages = new Set<string>();

  add(messageId: string): void {
    this.failures += 1;
    if (this.messages.size < MESSAGES) this.messages.add(messageId);
  }

  get isLong(): boolean {
    return this.failures >= FAILURES && this.messages.size >= MESSAGES;
  }

  end(): void {
    this.failures = 0;
    this.messages.clear();
  }
}
