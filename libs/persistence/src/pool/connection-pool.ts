import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { PostgresPool, PostgresPoolClient } from 'kysely';
import { Pool, PoolClient } from 'pg';
import { DatabaseConfig } from '../database.config';
import { isTooManyConnections, named } from './database-errors';
import { PooledConnection } from './pooled-connection';

/** For a connection that is opened, and for one that comes free. */
const CONNECT_TIMEOUT_MS = 3_000;

/** Between two tries at a server that takes no more connections; one of ours may come free before. */
const TRY_AGAIN_MS = 250;

/** A server that is gone without a word is noticed some seconds after this, also where no statement has a limit. */
const KEEP_ALIVE_MS = 10_000;

/** A half-open connection never answers: give up some time after the server itself would have. */
const GRACE_MS = 5_000;

/** `pg`'s pool, with errors that say whether the database is away. Nothing that a connection does can crash the process. */
export class ConnectionPool implements PostgresPool {
  private readonly logger = new Logger(ConnectionPool.name);
  private readonly pool: Pool;
  private readonly inUse = new Set<PooledConnection>();

  /** @param queryTimeoutMs after which an answer is no longer waited for; 0: never */
  constructor(
    { databaseUrl, databasePoolSize, statementTimeoutMs }: DatabaseConfig,
    name: string,
    queryTimeoutMs = statementTimeoutMs + GRACE_MS,
  ) {
    this.pool = new Pool({
      connectionString: databaseUrl,
      application_name: name,
      max: databasePoolSize,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: statementTimeoutMs,
      query_timeout: queryTimeoutMs,
      idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    });
    this.pool.on('error', (error) => this.logger.warn(`idle connection lost: ${error.message}`));
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** How its connections are used now, and how many callers wait for one. */
  get figures(): { readonly used: number; readonly idle: number; readonly waiting: number } {
    const { totalCount, idleCount: idle, waitingCount: waiting } = this.pool;
    return { used: totalCount - idle, idle, waiting };
  }

  /** @throws DatabaseUnavailable; PoolBusy or ServerBusy where no connection came free within 3 s */
  async connect(): Promise<PostgresPoolClient> {
    const client = await this.free(performance.now() + CONNECT_TIMEOUT_MS);
    const connection = new PooledConnection(client, (released) => this.inUse.delete(released));
    this.inUse.add(connection);
    return connection;
  }

  /** Does not wait: what still runs is cut off, and has no effect unless it was committing just then. */
  async end(): Promise<void> {
    if (this.inUse.size > 0) this.logger.warn(`cutting off ${this.inUse.size} connections in use`);
    for (const connection of this.inUse) connection.cut();
    await this.pool.end();
  }

  private async free(deadline: number): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      if (!isTooManyConnections(error) || performance.now() > deadline) throw named(error);
      await sleep(TRY_AGAIN_MS);
      return this.free(deadline);
    }
  }
}
