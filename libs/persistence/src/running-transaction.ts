import { AsyncLocalStorage } from 'node:async_hooks';
import { Transaction } from 'kysely';

/** Writes all items that a transaction has collected, in the order in which they were added. */
export type WriteAll<Item> = (items: readonly Item[]) => Promise<void>;

interface Collected {
  readonly items: unknown[];
  write(): Promise<void>;
}

const inside = new AsyncLocalStorage<true>();

/** Whether the caller works inside a transaction, on whichever database. */
export const isInTransaction = (): boolean => inside.getStore() === true;

/** A transaction under way, with what is still to be done at its end. */
export class RunningTransaction<Schema> {
  private readonly collected = new Map<unknown, Collected>();
  private readonly actions: (() => void)[] = [];

  constructor(readonly query: Transaction<Schema>) {}

  /** Does the work, then writes what it has collected. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return inside.run(true, async () => {
      const result = await work();
      await this.writeCollected();
      return result;
    });
  }

  collect<Item>(write: WriteAll<Item>, item: Item): void {
    const collected = this.collected.get(write);
    if (collected !== undefined) {
      collected.items.push(item);
      return;
    }
    const items = [item];
    this.collected.set(write, { items, write: () => write(items) });
  }

  afterCommit(action: () => void): void {
    this.actions.push(action);
  }

  committed(): void {
    for (const action of this.actions) action();
  }

  /** A writer may add items itself: they come to the end of the map, which the loop reaches too. */
  private async writeCollected(): Promise<void> {
    for (const [key, collected] of this.collected) {
      this.collected.delete(key);
      await collected.write();
    }
  }
}
