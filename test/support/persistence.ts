import {
  Database,
  DatabaseAvailability,
  DatabaseConfig,
  type Migrations,
  PersistenceModule,
} from '@app/persistence';
import { newRegistry, Readiness, ServiceName } from '@app/service';
import { Global, Logger, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Registry } from 'prom-client';

/** What `PersistenceModule` gives a service. */
export interface Persistence<Schema> {
  readonly database: Database<Schema>;
  readonly availability: DatabaseAvailability;
  readonly readiness: Readiness;
  readonly registry: Registry;
  close(): Promise<void>;
}

/** A service's persistence on the database of a spec, without the rest of the service; its schema is up to date if the database is there. */
export async function openPersistence<Schema = unknown>(
  databaseUrl: string,
  migrations: Migrations = {},
  config: Partial<DatabaseConfig> = {},
  name = 'test',
): Promise<Persistence<Schema>> {
  @Global()
  @Module({
    providers: [
      Readiness,
      { provide: ServiceName, useValue: new ServiceName(name) },
      { provide: Registry, useFactory: newRegistry },
      { provide: DatabaseConfig, useValue: Object.assign(new DatabaseConfig(), { databaseUrl }, config) },
    ],
    exports: [Readiness, Registry, ServiceName, DatabaseConfig],
  })
  class TestServiceModule {}

  Logger.overrideLogger(false);
  const app = await Test.createTestingModule({
    imports: [TestServiceModule, PersistenceModule.forRoot(migrations)],
  })
    .setLogger({ log: () => undefined, warn: () => undefined, error: () => undefined })
    .compile();
  await app.init();
  return {
    database: app.get<Database<Schema>>(Database),
    availability: app.get(DatabaseAvailability),
    readiness: app.get(Readiness),
    registry: app.get(Registry),
    close: () => app.close(),
  };
}
