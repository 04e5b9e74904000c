import { randomBytes } from 'node:crypto';
import { Client, Pool, type QueryResultRow } from 'pg';
import { addressOf } from './addresses';
import { eventually } from './eventually';

/** A database of the test run's server, for one spec file alone. */
export class TestDatabase {
  /** For the role that owns it, as a service's does. */
  readonly url: string;
  /** To open a connection for each query would take longer than most queries do. */
  private readonly pool: Pool;

  constructor(readonly name: string) {
    const url = addressOf('postgres');
    url.username = url.password = url.pathname = name;
    this.url = url.href;
    this.pool = new Pool({ connectionString: addressOfDatabase(name), allowExitOnIdle: true });
    // A test may let the server end it; the next query has another one.
    this.pool.on('error', () => undefined);
  }

  /** Looks, or interferes, as the administrator, on a connection that the service does not share. */
  async query<Row extends QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, parameters)).rows;
  }

  /** Locks a table against all other connections for so many seconds; resolves once it is locked. */
  async lock(table: string, seconds: number): Promise<void> {
    void this.query(`lock table ${table} in access exclusive mode; select pg_sleep(${seconds})`);
    const locks = `select 1 from pg_locks where mode = 'AccessExclusiveLock' and granted and relation = $1::regclass`;
    await eventually(async () => (await this.query(locks, [table])).length > 0);
  }

  /** Deletes it, and closes all connections to it. */
  async drop(): Promise<void> {
    await this.pool.end();
    await asAdministrator(`drop database if exists ${this.name} with (force)`);
    await asAdministrator(`drop role if exists ${this.name}`);
  }
}

export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdministrator(`create role ${name} login password '${name}'`);
  await asAdministrator(`create database ${name} owner ${name}`);
  return new TestDatabase(name);
}

async function asAdministrator(sql: string): Promise<void> {
  const client = new Client({ connectionString: addressOfDatabase('postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function addressOfDatabase(name: string): string {
  const url = addressOf('postgres');
  url.pathname = name;
  return url.href;
}
