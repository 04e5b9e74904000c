/** Lets work of the same key run one after the other, and of different keys side by side. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Resolves or rejects as the work does, which begins when all work of its key that came before has ended. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const running = before.then(work, work);
    this.last.set(key, running);
    try {
      return await running;
    } finally {
      if (this.last.get(key) === running) this.last.delete(key);
    }
  }
}
