import { Logger } from '@nestjs/common';
import { Kysely, Migrator } from 'kysely';
import { Migrations } from './migrations';

/** Brings the schema up to date, in one transaction under a lock: any number of replicas may start at once. */
export class SchemaMigrator {
  private readonly logger = new Logger(SchemaMigrator.name);

  constructor(
    private readonly database: Kysely<unknown>,
    private readonly migrations: Migrations,
  ) {}

  /** @throws DatabaseUnavailable, or the error of the migration that failed */
  async migrate(): Promise<void> {
    const migrator = new Migrator({
      db: this.database,
      provider: { getMigrations: () => Promise.resolve({ ...this.migrations }) },
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- passed on as it is
    if (error !== undefined) throw error;
    for (const { migrationName } of results) this.logger.log(`applied migration ${migrationName}`);
  }
}
