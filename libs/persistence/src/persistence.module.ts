import { ServiceName } from '@app/service';
import { DynamicModule, Module } from '@nestjs/common';
import { Kysely, PostgresDialect } from 'kysely';
import { Database } from './database';
import { DatabaseAvailability } from './database-availability';
import { DatabaseConfig } from './database.config';
import { Migrations } from './migrations/migrations';
import { SchemaMigrator } from './migrations/schema-migrator';
import { ConnectionPool } from './pool/connection-pool';
import { PoolMetrics } from './pool/pool-metrics';

/** The service's own database: a pool, transactions, and a schema that is brought up to date at start. */
@Module({})
export class PersistenceModule {
  static forRoot(migrations: Migrations): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      providers: [
        {
          provide: ConnectionPool,
          inject: [DatabaseConfig, ServiceName],
          useFactory: (config: DatabaseConfig, name: ServiceName) => new ConnectionPool(config, name.value),
        },
        { provide: Kysely, inject: [ConnectionPool], useFactory: queriesOn },
        PoolMetrics,
        { provide: Database, inject: [Kysely], useFactory: (pool: Kysely<unknown>) => new Database(pool) },
        {
          provide: SchemaMigrator,
          inject: [DatabaseConfig, ServiceName],
          useFactory: (config: DatabaseConfig, name: ServiceName) =>
            new SchemaMigrator(() => migrationsOn(config, name), migrations, config.statementTimeoutMs),
        },
        DatabaseAvailability,
      ],
      exports: [Database, DatabaseAvailability],
    };
  }
}

const queriesOn = (pool: ConnectionPool): Kysely<unknown> =>
  new Kysely({ dialect: new PostgresDialect({ pool }) });

/** On connections of their own, which wait for an answer for however long a migration takes. */
const migrationsOn = (config: DatabaseConfig, { value }: ServiceName): Kysely<unknown> =>
  queriesOn(new ConnectionPool({ ...config, databasePoolSize: 2 }, value, 0));
