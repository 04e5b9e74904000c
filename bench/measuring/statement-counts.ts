import { Client } from 'pg';
import type { PostgresServer } from '../../infra/postgres/postgres-server';

/** What a statement has touched, in blocks of 8 KiB. */
export interface StatementCount {
  readonly statement: string;
  readonly calls: number;
  /** Found in memory or read. */
  readonly touched: number;
  /** Changed. */
  readonly written: number;
}

const EXTENSION = 'pg_stat_statements';
const MOST_USED = `
  select datname || ': ' || left(regexp_replace(query, '\\s+', ' ', 'g'), 90) as statement, calls,
    shared_blks_hit + shared_blks_read as touched, shared_blks_dirtied as written
  from pg_stat_statements join pg_database on dbid = pg_database.oid
  where userid <> (select oid from pg_roles where rolname = 'postgres') and query !~* '^(begin|commit|set|rollback)'
  order by touched desc limit 12`;

/**
 * PostgreSQL's own count of what each statement costs: that of `explain (analyze, buffers)`, of every run.
 * @see https://www.postgresql.org/docs/17/pgstatstatements.html
 */
export class StatementCounts {
  private constructor(private readonly postgres: PostgresServer) {}

  /** Restarts the server, since only a start loads the extension. */
  static async on(postgres: PostgresServer): Promise<StatementCounts> {
    const counts = new StatementCounts(postgres);
    await counts.query(`alter system set shared_preload_libraries = '${EXTENSION}'`);
    await counts.restart();
    await counts.query(`create extension if not exists ${EXTENSION}`);
    return counts;
  }

  async off(): Promise<void> {
    await this.query('alter system reset shared_preload_libraries');
    await this.restart();
  }

  async reset(): Promise<void> {
    await this.query('select pg_stat_statements_reset()');
  }

  async read(): Promise<StatementCount[]> {
    const rows = await this.query(MOST_USED);
    return rows.map(({ statement, calls, touched, written }) => ({
      statement: String(statement),
      calls: Number(calls),
      touched: Number(touched),
      written: Number(written),
    }));
  }

  private async restart(): Promise<void> {
    await this.postgres.stop();
    await this.postgres.start();
  }

  private async query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.postgres.url('postgres') });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    await client.end();
    return rows;
  }
}
