import { sql } from 'kysely';
import { Database } from './database';

/** Rows that one statement deletes: far fewer than it has time for. */
const BATCH = 1_000;

export interface OldRows {
  readonly table: string;
  /** The column that says since when a row is there. */
  readonly since: string;
  /** As PostgreSQL writes an interval: `30 days`. */
  readonly age: string;
}

/**
 * Deletes what is older, a thousand rows at a time.
 * @throws DatabaseUnavailable, StatementTimedOut; what was deleted before stays so
 */
export async function deleteOld<Schema>(
  database: Database<Schema>,
  { table, since, age }: OldRows,
): Promise<void> {
  const old = sql`select ctid from ${sql.table(table)} where ${sql.ref(since)} < now() - ${age}::interval limit ${BATCH}`;
  const batch = sql`delete from ${sql.table(table)} where ctid = any(array(${old}))`;
  let deleted = BATCH;
  while (deleted === BATCH) deleted = Number((await batch.execute(database.query)).numAffectedRows);
}
