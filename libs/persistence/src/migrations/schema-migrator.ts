import { Logger } from '@nestjs/common';
import { Kysely, Migration, Migrator, sql } from 'kysely';
import { Migrations, sqlMigration } from './migrations';

/** A migration that a newer version has applied. */
const APPLIED = sqlMigration();

/**
 * Brings the schema up to date, in one transaction under a lock: any number of replicas may start at once. A migration may
 * take as long as it needs, but not wait for a lock as long: behind it, all other statements on the table would wait too.
 */
export class SchemaMigrator {
  private readonly logger = new Logger(SchemaMigrator.name);
  private database?: Kysely<unknown>;

  /**
   * @param connect to two connections for the migrations alone, whose answers may take long
   * @param lockTimeoutMs the longest wait for a lock; then all is rolled back
   */
  constructor(
    private readonly connect: () => Kysely<unknown>,
    private readonly migrations: Migrations,
    private readonly lockTimeoutMs: number,
  ) {}

  /** @throws DatabaseUnavailable, StatementTimedOut when another transaction holds a lock, or the error of the migration that failed */
  async migrate(): Promise<void> {
    const database = (this.database = this.connect());
    try {
      await this.migrateOn(database);
    } finally {
      await database.destroy();
    }
  }

  /** Cuts off what runs; it is rolled back. */
  async stop(): Promise<void> {
    await this.database?.destroy();
  }

  private async migrateOn(database: Kysely<unknown>): Promise<void> {
    const own = Object.entries(this.migrations).map(([name, migration]): [string, Migration] => [
      name,
      this.patient(migration),
    ]);
    // Asked for under the lock, on the second connection.
    const getMigrations = async () => ({
      ...(await this.appliedByNewer(database)),
      ...Object.fromEntries(own),
    });
    const { error, results = [] } = await new Migrator({
      db: database,
      provider: { getMigrations },
    }).migrateToLatest();
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- passed on as it is
    if (error !== undefined) throw error;
    for (const { migrationName } of results) this.logger.log(`applied migration ${migrationName}`);
  }

  /** Next to a newer version, or after a way back from it: its migrations come behind all of ours, and only add. */
  private async appliedByNewer(database: Kysely<unknown>): Promise<Migrations> {
    const last = Object.keys(this.migrations).sort().at(-1) ?? '';
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
      database,
    );
    const newer = rows.map(({ name }) => name).filter((name) => name > last);
    if (newer.length > 0) this.logger.log(`a newer version has migrated this database: ${newer.join(', ')}`);
    return Object.fromEntries(newer.map((name) => [name, APPLIED]));
  }

  private patient(migration: Migration): Migration {
    const limits = sql`
      select set_config('statement_timeout', '0', true), set_config('lock_timeout', ${String(this.lockTimeoutMs)}, true)`;
    return {
      up: async (transaction) => {
        await limits.execute(transaction);
        await migration.up(transaction);
      },
    };
  }
}
