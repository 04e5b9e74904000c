/** How a queue stands. */
export interface QueueState {
  /** Messages that wait; what a consumer has taken does not count. */
  readonly messages: number;
  readonly consumers: number;
}

/** Milliseconds after which what looks like a backlog is one. */
export const BACKLOG_AFTER_MS = 60_000;

/** Tells a backlog from a short burst, by looks at one queue that follow each other. */
export class QueueBacklog {
  private since?: number;
  private messagesBefore = Infinity;

  constructor(private readonly afterMs = BACKLOG_AFTER_MS) {}

  /**
   * @param nowMs of a clock that never goes back
   * @returns what is wrong with the queue: for so long, it has had messages and no consumer, or more messages at each look
   */
  observe({ messages, consumers }: QueueState, nowMs: number): string | undefined {
    const grows = messages > this.messagesBefore;
    const isLeftAlone = messages > 0 && consumers === 0;
    this.messagesBefore = messages;
    if (!grows && !isLeftAlone) {
      this.since = undefined;
      return undefined;
    }
    this.since ??= nowMs;
    if (nowMs - this.since < this.afterMs) return undefined;
    return `${messages} messages and ${isLeftAlone ? 'no consumer' : 'more at each look'}`;
  }
}
