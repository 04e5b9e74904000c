import { Logger } from '@nestjs/common';
import { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { DatabaseError, Pool, PoolClient } from 'pg';
import { DatabaseConfig } from '../database.config';
import { named, TransactionAborted } from './database-errors';

const CONNECT_TIMEOUT_MS = 3_000;

/** A half-open connection never answers: give up some time after the server itself would have. */
const GRACE_MS = 5_000;

/** `pg`'s pool, with errors that say whether the database is away. Nothing that a connection does can crash the process. */
export class ConnectionPool implements PostgresPool {
  private readonly logger = new Logger(ConnectionPool.name);
  private readonly pool: Pool;

  constructor({ databaseUrl, databasePoolSize, statementTimeoutMs }: DatabaseConfig, name: string) {
    this.pool = new Pool({
      connectionString: databaseUrl,
      application_name: name,
      max: databasePoolSize,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + GRACE_MS,
      idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
      keepAlive: true,
    });
    this.pool.on('error', (error) => this.logger.warn(`idle connection lost: ${error.message}`));
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async connect(): Promise<PostgresPoolClient> {
    try {
      return new PooledConnection(await this.pool.connect());
    } catch (error) {
      throw named(error);
    }
  }

  async end(): Promise<void> {
    await this.pool.end();
  }
}

/** How Postgres answers the commit of a transaction in which a statement has failed, even where nobody heard of that. */
const COMMIT = 'commit';
const ROLLBACK = 'ROLLBACK';

/** One connection; it is thrown away, and not given back to the pool, once a statement found it broken. */
class PooledConnection implements PostgresPoolClient {
  private broken = false;

  constructor(private readonly client: PoolClient) {}

  query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  query<Row>(
    statement: string | PostgresCursor<Row>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof statement !== 'string') throw new TypeError('Cursors are not supported; use limit.');
    return this.run(statement, parameters);
  }

  release(): void {
    this.client.release(this.broken);
  }

  private async run(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<never>> {
    try {
      const { command, rowCount, rows } = await this.client.query<never>(text, [...values]);
      if (text === COMMIT && command === ROLLBACK) throw new TransactionAborted();
      return { command: commandOf(command), rowCount: rowCount ?? 0, rows };
    } catch (error) {
      this.broken ||= !isAnswer(error);
      throw named(error);
    }
  }
}

/** An error that the server itself answered leaves the connection usable; any other does not. */
const isAnswer = (error: unknown): boolean => error instanceof DatabaseError && error.severity === 'ERROR';

/** Kysely counts the rows of these commands; to it, any other is a query. */
function commandOf(command: string): PostgresQueryResult<never>['command'] {
  return command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
    ? command
    : 'SELECT';
}
