import { AsyncLocalStorage } from 'node:async_hooks';
import { CompiledQuery, RawBuilder, Transaction } from 'kysely';
import { THEN_NEXT } from './pool/round-trips';

/** The statement that writes all items that a transaction has collected, in the order in which they were added. */
export type WriteAll<Item> = (items: readonly Item[]) => RawBuilder<unknown>;

interface Collected {
  readonly items: unknown[];
  readonly statement: () => RawBuilder<unknown>;
}

const inside = new AsyncLocalStorage<true>();

/** Whether the caller works inside a transaction, on whichever database. */
export const isInTransaction = (): boolean => inside.getStore() === true;

/** A transaction under way, with what is still to be done at its end. */
export class RunningTransaction<Schema> {
  private readonly collected = new Map<unknown, Collected>();
  private readonly actions = new Set<() => void>();

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
    this.collected.set(write, { items, statement: () => write(items) });
  }

  afterCommit(action: () => void): void {
    this.actions.add(action);
  }

  committed(): void {
    for (const action of this.actions) action();
  }

  /** All in one round trip. */
  private async writeCollected(): Promise<void> {
    const statements = [...this.collected.values()].map(({ statement }) => statement());
    const last = statements.pop();
    for (const statement of statements) {
      const { sql, parameters } = statement.compile(this.query);
      await this.query.executeQuery(CompiledQuery.raw(sql + THEN_NEXT, [...parameters]));
    }
    await last?.execute(this.query);
  }
}
