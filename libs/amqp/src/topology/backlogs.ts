import { BACKLOG_AFTER_MS, QueueBacklog, QueueState } from './queue-backlog';

/** The backlogs of several queues, each told of once, and again only after it was gone. */
export class Backlogs {
  private readonly watched = new Map<string, QueueBacklog>();
  private readonly told = new Set<string>();

  constructor(private readonly afterMs = BACKLOG_AFTER_MS) {}

  /** Whether any queue has one. */
  get areAny(): boolean {
    return this.told.size > 0;
  }

  /**
   * @param state of the queue now; undefined where it is missing, which is no backlog
   * @param nowMs of a clock that never goes back
   * @returns what is to be told, if anything
   */
  observe(queue: string, state: QueueState | undefined, nowMs: number): string | undefined {
    const wrong = state && this.of(queue).observe(state, nowMs);
    if (wrong === undefined) this.told.delete(queue);
    if (wrong === undefined || this.told.has(queue)) return undefined;
    this.told.add(queue);
    return `${queue} has ${wrong}, for more than ${this.afterMs / 1_000} s`;
  }

  private of(queue: string): QueueBacklog {
    const backlog = this.watched.get(queue) ?? new QueueBacklog(this.afterMs);
    this.watched.set(queue, backlog);
    return backlog;
  }
}
