import { setTimeout as sleep } from 'node:timers/promises';

/** What is running now, so that a stop can wait for it. */
export class RunningWork {
  private readonly tasks = new Set<Promise<void>>();

  get size(): number {
    return this.tasks.size;
  }

  /** @param task never rejects */
  add(task: Promise<void>): void {
    this.tasks.add(task);
    void task.finally(() => this.tasks.delete(task));
  }

  /** Resolves when nothing runs any more, or after the limit (milliseconds). */
  async settled(limitMs: number): Promise<void> {
    const limit = new AbortController();
    const timer = sleep(limitMs, undefined, { signal: limit.signal }).catch(() => undefined);
    await Promise.race([this.done(), timer]);
    limit.abort();
  }

  private async done(): Promise<void> {
    while (this.tasks.size > 0) await Promise.all(this.tasks);
  }
}
