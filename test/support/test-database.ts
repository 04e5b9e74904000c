import { randomBytes } from 'node:crypto';
import { Client, Pool, type QueryResultRow } from 'pg';
import { createDatabase } from '../../infra/postgres/create-database';
import { postgresUrl } from './addresses';
import { eventually } from '../../infra/eventually';

/** A database of the test run's server, for one spec file alone. */
export class TestDatabase {
  /** For the role that owns it, as a service's does. */
  readonly url: string;
  /** To open a connection for each query would take longer than most queries do. */
  private readonly pool: Pool;

  constructor(readonly name: string) {
    const url = new URL(postgresUrl(name));
    url.username = url.password = name;
    this.url = url.href;
    this.pool = new Pool({ connectionString: postgresUrl(name), allowExitOnIdle: true });
    // A test may let the server end it; the next query has another one.
    this.pool.on('error', () => undefined);
  }

  static async create(): Promise<TestDatabase> {
    const name = `test_${randomBytes(8).toString('hex')}`;
    await asAdministrator((client) => createDatabase(client, { name, role: name, password: name }));
    return new TestDatabase(name);
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
    await asAdministrator(async (client) => {
      await client.query(`drop database if exists ${this.name} with (force)`);
      await client.query(`drop role if exists ${this.name}`);
    });
  }
}

async function asAdministrator(work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: postgresUrl('postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
