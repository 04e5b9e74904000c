import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { environmentWith } from '../environment';
import type { ProcessHooks } from '../processes/hooks';
import { killFamily } from '../processes/family';
import { ManagedProcess } from '../processes/managed-process';
import type { LineListener } from '../processes/output';
import { freePort } from '../processes/ports';
import { untilReady } from '../processes/until-ready';
import { Secrets } from '../secrets';
import type { Part } from '../processes/part';
import { createDatabase, keepServicesOut } from './create-database';
import { PostgresServer } from './postgres-server';
import { PostgresHome } from './postgres-home';
import { postgresSettings, type PostgresSettings } from './postgres-settings';

const ADMINISTRATOR = 'postgres';
const START_TIMEOUT_MS = 60_000;
const READY = 'database system is ready to accept connections';

export interface PrivatePostgresOptions extends ProcessHooks {
  /** Where its data is kept, from one start to the next. */
  readonly folder: string;
  /** False: faster, and a power failure may destroy the data. A killed process never does. */
  readonly fsync?: boolean;
}

/** A PostgreSQL of our own, on a free port of 127.0.0.1. */
export class PrivatePostgres extends PostgresServer implements Part {
  readonly name = 'postgres';
  private home?: PostgresHome;
  private readonly secrets: Secrets;
  private readonly passwords = new Map<string, string>();
  private process?: ManagedProcess;
  private listensOn?: number;

  constructor(private readonly options: PrivatePostgresOptions) {
    super();
    this.secrets = new Secrets(join(options.folder, 'secrets.env'));
  }

  get port(): number | undefined {
    return this.listensOn;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get running(): boolean {
    return this.process?.running === true;
  }

  async prepare(): Promise<void> {
    // The programs came with the dependencies.
  }

  /** Starts it, the first time on a free port, later on the same. @throws Error that shows the end of its log */
  async start(): Promise<void> {
    const port = (this.listensOn ??= await freePort());
    const durable = this.options.fsync ?? true;
    const home = (this.home ??= PostgresHome.in(this.options.folder));
    const password = this.secrets.get(ADMINISTRATOR);
    this.passwords.set(ADMINISTRATOR, password);
    await home.initialise(password, { durable, ...this.options });
    home.unlock();
    let ready = false;
    this.process = await this.run(home, { port, durable }, (line) => {
      ready ||= line.includes(READY);
      this.options.onLine?.(line);
    });
    await untilReady(this.process, () => ready, START_TIMEOUT_MS);
  }

  url(database: string, role = ADMINISTRATOR): string {
    return `postgres://${role}:${this.passwords.get(role) ?? ''}@127.0.0.1:${this.listensOn}/${database}`;
  }

  async createDatabase(name: string, role: string, password: string): Promise<void> {
    this.passwords.set(role, password);
    const client = new Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      await createDatabase(client, { name, role, password });
      await keepServicesOut(client);
    } finally {
      await client.end();
    }
  }

  /** Stops it in a clean way; clients are disconnected. */
  async stop(): Promise<void> {
    await this.process?.stop();
  }

  async kill(): Promise<void> {
    if (this.process !== undefined) await killFamily(this.process);
  }

  async remove(): Promise<void> {
    await this.stop();
    this.home?.remove();
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  private run(home: PostgresHome, settings: PostgresSettings, onLine: LineListener): Promise<ManagedProcess> {
    const { ledger, logFile, onCrash, signal } = this.options;
    return ManagedProcess.start({
      name: 'PostgreSQL',
      command: home.programs.postgres,
      args: ['-D', home.data, ...postgresSettings(settings)],
      env: environmentWith({ LC_ALL: 'C' }),
      cwd: home.data,
      user: home.user,
      stopSignal: 'SIGINT',
      ledger,
      logFile,
      onLine,
      onCrash,
      signal,
    });
  }
}
