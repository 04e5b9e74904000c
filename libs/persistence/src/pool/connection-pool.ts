import { Logger } from '@nestjs/common';
import { PostgresPool, PostgresPoolClient } from 'kysely';
import { Pool } from 'pg';
import { DatabaseConfig } from '../database.config';
import { named } from './database-errors';
import { PooledConnection } from './pooled-connection';

const CONNECT_TIMEOUT_MS = 3_000;

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

  async connect(): Promise<PostgresPoolClient> {
    try {
      const client = await this.pool.connect();
      const connection = new PooledConnection(client, (released) => this.inUse.delete(released));
      this.inUse.add(connection);
      return connection;
    } catch (error) {
      throw named(error);
    }
  }

  /** Waits for nobody: what still runs is cut off, and has no effect unless it was committing just then. */
  async end(): Promise<void> {
    if (this.inUse.size > 0) this.logger.warn(`cutting off ${this.inUse.size} connections in use`);
    for (const connection of this.inUse) connection.cut();
    await this.pool.end();
  }
}
