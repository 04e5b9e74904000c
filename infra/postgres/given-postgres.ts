import { Client } from 'pg';
import { NotOurs } from '../not-ours';
import { createDatabase } from './create-database';
import { PostgresServer } from './postgres-server';
import { GivenPostgresUnusable } from './given-postgres-unusable';
import { mayCreate, strangerOf } from './given-rights';

const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 30_000;

/** Two launchers that use the same server at the same time must not both make a database; any number that is always the same. */
const LOCK = 7_034_121;

/** A given server, which we neither start nor stop. It gets our databases and the roles that own them, and nothing else of it is changed. */
export class GivenPostgres extends PostgresServer {
  private readonly passwords = new Map<string, string>();

  /** @param givenUrl of a user who may create roles and databases; `postgres` is the database where it names none */
  constructor(private readonly givenUrl: string) {
    super();
  }

  /** Only looks. @throws GivenPostgresUnusable */
  async prepare(): Promise<void> {
    await this.connected(async (client) => this.refuse(await mayCreate(client)));
  }

  async start(): Promise<void> {
    // It runs.
  }

  /** @throws GivenPostgresUnusable where a role or a database of that name is not ours */
  async createDatabase(name: string, role: string, password: string): Promise<void> {
    this.passwords.set(role, password);
    await this.connected(async (client) => {
      await client.query('select pg_advisory_lock($1)', [LOCK]);
      this.refuse(await strangerOf(client, name, role));
      await createDatabase(client, { name, role, password });
    });
  }

  url(database: string, role?: string): string {
    const url = new URL(this.givenUrl);
    if (role !== undefined) {
      url.username = encodeURIComponent(role);
      url.password = this.passwords.get(role) ?? '';
    }
    url.pathname = `/${encodeURIComponent(database)}`;
    return url.href;
  }

  async stop(): Promise<void> {
    // It is not ours.
  }

  kill(): Promise<void> {
    return Promise.reject(new NotOurs('database server'));
  }

  async remove(): Promise<void> {
    // Others may have what is on it in use.
  }

  private async connected(work: (client: Client) => Promise<void>): Promise<void> {
    const url = new URL(this.givenUrl);
    if (url.pathname.length < 2) url.pathname = '/postgres';
    const client = new Client({
      connectionString: url.href,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await work(client);
    } catch (error) {
      throw error instanceof GivenPostgresUnusable ? error : new GivenPostgresUnusable(this.givenUrl, error);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private refuse(reason: string | undefined): void {
    if (reason !== undefined) throw new GivenPostgresUnusable(this.givenUrl, reason);
  }
}
