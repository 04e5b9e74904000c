import { Kysely, Migration, sql } from 'kysely';
import { assertOnlyAdds } from './destructive-statement';

/** Numbered migrations, `0001_orders` and so on. They are applied in the order of their names and never edited. */
export type Migrations = Readonly<Record<string, Migration>>;

/**
 * A migration of plain SQL statements; there is only forward, and versions before this one must be able to work with what it leaves.
 * @throws DestructiveStatement where one drops, renames or changes keys
 */
export function sqlMigration(...statements: readonly string[]): Migration {
  for (const statement of statements) assertOnlyAdds(statement);
  return {
    async up(database: Kysely<unknown>): Promise<void> {
      for (const statement of statements) await sql.raw(statement).execute(database);
    },
  };
}
