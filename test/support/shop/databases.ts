import { Pool, type QueryResultRow } from 'pg';
import type { Suite } from '../../../tools/launcher/suite/suite';

export type DatabaseName = 'orders' | 'inventory' | 'email' | 'sms';

/** The services' databases, for somebody who looks and changes nothing. */
export class Databases {
  private readonly pools = new Map<DatabaseName, Pool>();

  constructor(private readonly suite: Suite) {}

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

  private pool(database: DatabaseName): Pool {
    const pool = this.pools.get(database) ?? this.connect(database);
    this.pools.set(database, pool);
    return pool;
  }

  /** A database that goes away is what the tests are about. */
  private connect(database: DatabaseName): Pool {
    const pool = new Pool({ connectionString: this.suite.postgres.url(database), max: 2 });
    return pool.on('error', () => undefined);
  }
}
