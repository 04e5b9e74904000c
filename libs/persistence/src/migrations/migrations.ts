import { Kysely, Migration, sql } from 'kysely';

/** Numbered migrations, `0001_orders` and so on. They are applied in the order of their names and never edited. */
export type Migrations = Readonly<Record<string, Migration>>;

/** A migration of plain SQL statements; there is only forward. */
export function sqlMigration(...statements: readonly string[]): Migration {
  return {
    async up(database: Kysely<unknown>): Promise<void> {
      for (const statement of statements) await sql.raw(statement).execute(database);
    },
  };
}
