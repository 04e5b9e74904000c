import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Health, Readiness, ReadinessCheck } from '@app/service';
import { Database } from './database';
import { SchemaMigrator } from './migrations/schema-migrator';
import { isTemporary, PoolBusy } from './pool/database-errors';

const PROBE_INTERVAL_MS = 500;

/**
 * Knows whether the database is there and its schema up to date. A service that starts without its database
 * goes on starting, says that it is not ready, and migrates as soon as the database answers.
 */
@Injectable()
export class DatabaseAvailability implements ReadinessCheck, OnModuleInit, OnApplicationShutdown {
  readonly name = 'database';
  private readonly logger = new Logger(DatabaseAvailability.name);
  private readonly stopped = new AbortController();
  private migrated = false;
  private away = false;
  private waiting?: Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly migrator: SchemaMigrator,
    readiness: Readiness,
  ) {
    readiness.register(this);
  }

  async onModuleInit(): Promise<void> {
    if (await this.isAvailable()) return;
    void this.whenAvailable().catch((error: unknown) => this.crash(error));
  }

  /** Resolves once the database takes writes and its schema is up to date; rejects when the service stops before. */
  whenAvailable(): Promise<void> {
    this.waiting ??= this.probe().finally(() => (this.waiting = undefined));
    return this.waiting;
  }

  /** Asks it now, and migrates where that is still to be done. @throws the error of a migration that failed */
  async isAvailable(): Promise<boolean> {
    try {
      if (!this.migrated) await this.migrator.migrate();
      this.migrated = true;
      await this.database.ping();
      await this.database.probeWrite();
      if (this.away) this.logger.log('The database is back.');
      this.away = false;
      return true;
    } catch (error) {
      if (this.stopped.signal.aborted) return false;
      if (!this.migrated && !isTemporary(error)) throw error;
      if (!this.away) this.report(error);
      this.away = true;
      return false;
    }
  }

  /** `degraded` while all connections of the pool are in use: were it `down`, all replicas would be at the same time. */
  async health(): Promise<Health> {
    try {
      await this.database.ping();
      return this.migrated ? 'up' : 'down';
    } catch (error) {
      if (this.migrated && error instanceof PoolBusy) return 'degraded';
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await Promise.all([this.migrator.stop(), this.database.close()]);
  }

  /** However many wait, the database is asked by one. */
  private async probe(): Promise<void> {
    while (!(await this.isAvailable())) {
      await sleep(PROBE_INTERVAL_MS, undefined, { signal: this.stopped.signal });
    }
  }

  private report(error: unknown): void {
    const err = isTemporary(error) ? error.cause : error;
    this.logger.warn({ err }, 'The database is not available.');
  }

  /** A migration that fails is not an outage: the service must not run on a schema that it does not know. */
  private crash(error: unknown): void {
    if (this.stopped.signal.aborted) return;
    this.logger.fatal(error);
    process.exit(1);
  }
}
