import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, sql } from 'kysely';
import { isTemporary } from './pool/database-errors';
import { RunningTransaction, WriteAll } from './running-transaction';

/**
 * The service's own database. Whatever is called inside `transaction` takes part in it without being told:
 * so an inbox, a use case and an outbox commit together, and none of them knows the others.
 */
export class Database<Schema = unknown> {
  private readonly running = new AsyncLocalStorage<RunningTransaction<Schema>>();

  constructor(private readonly pool: Kysely<Schema>) {}

  /** Builds a query in the running transaction, or on a connection of the pool where there is none. */
  get query(): Kysely<Schema> {
    return this.running.getStore()?.query ?? this.pool;
  }

  /**
   * Runs the work in one transaction (read committed), or in the one that runs already.
   * It commits when the work resolves and rolls back when it rejects.
   * @throws DatabaseUnavailable, StatementTimedOut or Deadlocked, or what the work throws
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.running.getStore() !== undefined) return work();
    const [running, result] = await this.pool.transaction().execute(async (transaction) => {
      const begun = new RunningTransaction(transaction);
      return [begun, await this.running.run(begun, () => begun.run(work))] as const;
    });
    running.committed();
    return result;
  }

  /**
   * Writes the item right before the running transaction commits, together with all others that were added for the same
   * `write`: one statement for all of them. Different statements run in the order of their first item, all in one
   * round trip. When one fails, the transaction is rolled back. Where there is no transaction, the item is written at once.
   * @param write makes the statement; it is told from others by its identity: pass the same function each time
   * @throws TransactionEnded where the work has ended that the caller is a part of
   */
  async beforeCommit<Item>(write: WriteAll<Item>, item: Item): Promise<void> {
    const running = this.running.getStore();
    if (running === undefined) await write([item]).execute(this.pool);
    else running.collect(write, item);
  }

  /** Runs the action once the running transaction has committed, or at once where there is none; never after a rollback. One that is given twice runs once, and what one throws is logged. */
  afterCommit(action: () => void): void {
    const running = this.running.getStore();
    if (running === undefined) action();
    else running.afterCommit(action);
  }

  /**
   * Writes nothing. That the server itself answers with an error, where it is read-only, makes the pool throw the connection away.
   * @throws DatabaseUnavailable when the database does not answer, or takes no writes, as a standby does
   */
  async ping(): Promise<void> {
    await sql`
      do $$ begin
        if current_setting('transaction_read_only')::boolean then
          raise read_only_sql_transaction using message = 'It is read-only.';
        end if;
      end $$`.execute(this.pool);
  }

  /**
   * Writes, and leaves nothing behind. A full disk is met only by what needs new blocks: an update of a row, or a record in the log
   * alone, fits into those that are there. So this makes a table of eight pages, drops it, and commits.
   * @throws DatabaseUnavailable or StatementTimedOut; no other error, such as that of a role that may not create tables
   */
  async probeWrite(): Promise<void> {
    await sql`
      do $$ begin
        create table write_probe as select generate_series(1, 2000) as filler;
        drop table write_probe;
      end $$`
      .execute(this.pool)
      .catch((error: unknown) => {
        if (isTemporary(error)) throw error;
      });
  }

  /** Cuts off what still runs: the server rolls it back, and its work rejects. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
