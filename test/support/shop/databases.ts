import { Pool, type QueryResultRow } from 'pg';
import type { Deployment } from './deployment';

export type DatabaseName = 'orders' | 'inventory' | 'email' | 'sms';

/** By the services that own them. */
export const DATABASE_OF: Readonly<Record<string, DatabaseName>> = {
  'order-api': 'orders',
  inventory: 'inventory',
  email: 'email',
  sms: 'sms',
};

/** The databases of the services. */
export class Databases {
  /** By their addresses. */
  private readonly pools = new Map<string, Pool>();

  constructor(private readonly suite: Deployment) {}

  async rows<Row extends QueryResultRow>(
    database: DatabaseName,
    sql: string,
    parameters: unknown[] = [],
  ): Promise<Row[]> {
    return (await this.pool(database).query<Row>(sql, parameters)).rows;
  }

  /** @param sql of one row with a column `count` */
  async count(database: DatabaseName, sql: string, parameters: unknown[] = []): Promise<number> {
    const [row] = await this.rows<{ count: string }>(database, sql, parameters);
    return Number(row?.count);
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.end()));
  }

  /** A server that was started again may be at another address. */
  private pool(database: DatabaseName): Pool {
    const url = this.suite.postgres.url(database);
    const pool = this.pools.get(url) ?? connect(url);
    this.pools.set(url, pool);
    return pool;
  }
}

/** A database that goes away is what the tests are about. */
const connect = (connectionString: string): Pool =>
  new Pool({ connectionString, max: 2 }).on('error', () => undefined);
