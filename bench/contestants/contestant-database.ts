import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { CHECKOUT } from '../../infra/environment';

/** What a contestant starts with, and keeps when it is emptied. */
const KEPT = ['kysely_migration', 'kysely_migration_lock', 'products', 'stock'];

/**
 * PostgreSQL may count a table's rows while it is filled; those of a statement that still
 * runs do not count, and a table that seems empty gets plans for an empty table.
 */
const ORDERS_PER_STATEMENT = 10_000;

const TABLES = `
  select string_agg(quote_ident(tablename), ', ') as names from pg_tables
  where schemaname = 'public' and tablename <> all ($1)`;

/** A database of a contestant, seen from outside. */
export class ContestantDatabase {
  private readonly pool: Pool;

  /** @param url for a user who may do everything */
  constructor(url: string) {
    this.pool = new Pool({ connectionString: url, max: 1 });
    this.pool.on('error', () => undefined);
  }

  async query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]> {
    const { rows } = await this.pool.query<Record<string, unknown>>(sql, values ? [...values] : undefined);
    return rows;
  }

  /** @param sql a statement whose one answer is a number */
  async number(sql: string): Promise<number> {
    const [row = {}] = await this.query(sql);
    return Number(Object.values(row)[0]);
  }

  /** Deletes everything but the catalogue and the stock. */
  async empty(): Promise<void> {
    const [row] = await this.query(TABLES, [KEPT]);
    await this.query(`truncate ${String(row?.names)}`);
  }

  /** Runs a file of `bench/growth` slice by slice, and brings the planner's statistics up to date. */
  async fill(file: string, orders: number): Promise<void> {
    const sql = readFileSync(join(CHECKOUT, 'bench', 'growth', file), 'utf8');
    for (let first = 1; first <= orders; first += ORDERS_PER_STATEMENT)
      await this.query(sql, [first, Math.min(first + ORDERS_PER_STATEMENT - 1, orders)]);
    await this.query('vacuum analyze');
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
