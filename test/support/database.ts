import { randomBytes } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { addressOf } from './addresses';
import { eventually } from './eventually';

/** A database of the test run's server, for one spec file alone. */
export class TestDatabase {
  /** For the role that owns it, as a service's does. */
  readonly url: string;

  constructor(readonly name: string) {
    const url = addressOf('postgres');
    url.username = url.password = url.pathname = name;
    this.url = url.href;
  }

  /** Looks, or interferes, as the administrator, on a connection of its own. */
  query<Row extends QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return asAdministrator(this.name, sql, parameters);
  }

  /** Locks a table against all other connections for so many seconds; resolves once it is locked. */
  async lock(table: string, seconds: number): Promise<void> {
    void this.query(`lock table ${table} in access exclusive mode; select pg_sleep(${seconds})`);
    const locks = `select 1 from pg_locks where mode = 'AccessExclusiveLock' and granted and relation = $1::regclass`;
    await eventually(async () => (await this.query(locks, [table])).length > 0);
  }

  /** Deletes it, and closes all connections to it. */
  async drop(): Promise<void> {
    await asAdministrator('postgres', `drop database if exists ${this.name} with (force)`);
    await asAdministrator('postgres', `drop role if exists ${this.name}`);
  }
}

export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdministrator('postgres', `create role ${name} login password '${name}'`);
  await asAdministrator('postgres', `create database ${name} owner ${name}`);
  return new TestDatabase(name);
}

async function asAdministrator<Row extends QueryResultRow>(
  database: string,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const url = addressOf('postgres');
  url.pathname = database;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query<Row>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}
