import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { CompiledQuery, RawBuilder, Transaction } from 'kysely';
import { THEN_NEXT } from './pool/round-trips';

/** The statement that writes all items that a transaction has collected, in the order in which they were added. */
export type WriteAll<Item> = (items: readonly Item[]) => RawBuilder<unknown>;

/** Work that a transaction has begun, and not waited for, wants to write at its commit, which was already. */
export class TransactionEnded extends Error {
  readonly code = 'TRANSACTION_ENDED';

  constructor() {
    super('The transaction has ended; let it wait for all that it begins.');
  }
}

interface Collected {
  readonly items: unknown[];
  readonly statement: () => RawBuilder<unknown>;
}

const logger = new Logger('RunningTransaction');

/** What has committed has committed, even where an action throws that was to come after. */
function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    logger.error(error);
  }
}

const inside = new AsyncLocalStorage<true>();

/** Whether the caller works inside a transaction, on whichever database. */
export const isInTransaction = (): boolean => inside.getStore() === true;

/** A transaction under way, with what is still to be done at its end. */
export class RunningTransaction<Schema> {
  private readonly collected = new Map<unknown, Collected>();
  private readonly actions = new Set<() => void>();
  private isOpen = true;
  private isCommitted = false;

  constructor(readonly query: Transaction<Schema>) {}

  /** Does the work, then writes what it has collected. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return inside.run(true, async () => {
      const result = await this.whileOpen(work);
      await this.writeCollected();
      return result;
    });
  }

  /** @throws TransactionEnded, or the item would be lost without a word */
  collect<Item>(write: WriteAll<Item>, item: Item): void {
    if (!this.isOpen) throw new TransactionEnded();
    const collected = this.collected.get(write);
    if (collected !== undefined) {
      collected.items.push(item);
      return;
    }
    const items = [item];
    this.collected.set(write, { items, statement: () => write(items) });
  }

  /** What comes late, from work that was not waited for, runs at once. */
  afterCommit(action: () => void): void {
    if (this.isCommitted) attempt(action);
    else this.actions.add(action);
  }

  committed(): void {
    this.isCommitted = true;
    for (const action of this.actions) attempt(action);
  }

  private async whileOpen<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      this.isOpen = false;
    }
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
