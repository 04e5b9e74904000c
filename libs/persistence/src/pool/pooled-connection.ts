import { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { DatabaseError, PoolClient } from 'pg';
import { isReadOnly, named } from './database-errors';
import { RoundTrips } from './round-trips';

/**
 * One connection; it is thrown away, and not given back to the pool, once a statement found it broken or read-only. After a failover,
 * a connection that still leads to the standby would answer so for ever.
 */
export class PooledConnection implements PostgresPoolClient {
  private broken = false;
  private released = false;
  private readonly roundTrips = new RoundTrips(this.client);

  /** @param onRelease called once */
  constructor(
    private readonly client: PoolClient,
    private readonly onRelease: (connection: PooledConnection) => void,
  ) {}

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
    if (this.released) return;
    this.released = true;
    this.client.release(this.broken);
    this.onRelease(this);
  }

  /** Closes it while work is under way: the server rolls back, and every further query rejects with DatabaseUnavailable. */
  cut(): void {
    this.broken = true;
    this.release();
  }

  private async run(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<never>> {
    try {
      const { command, rowCount, rows } = await this.roundTrips.answerTo({ text, values });
      return { command: commandOf(command), rowCount: rowCount ?? 0, rows };
    } catch (error) {
      this.broken ||= !isAnswer(error) || isReadOnly(error);
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
