import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PrivatePostgres } from '../../infra/postgres/private-postgres';
import { ProcessLedger } from '../../infra/processes/process-ledger';
import type { RabbitmqServer } from '../../infra/rabbitmq/rabbitmq-server';
import { settleAll } from '../../infra/settle-all';
import { rabbitmqOf } from './own-rabbitmq';
import { RUNS } from './test-folder';

/** The broker and the database of one test run, shared by all its integration specs and removed after them. */
export class SharedServers {
  readonly rabbitmq: RabbitmqServer;
  readonly postgres: PrivatePostgres;
  private readonly ledger: ProcessLedger;

  constructor(private readonly folder = join(RUNS, String(process.pid))) {
    this.ledger = new ProcessLedger(folder);
    const { ledger } = this;
    this.rabbitmq = rabbitmqOf({ folder, ledger });
    this.postgres = new PrivatePostgres({ folder: join(folder, 'postgres'), fsync: false, ledger });
  }

  async start(): Promise<void> {
    await removeLeftovers();
    await this.ledger.take();
    process.once('exit', () => this.ledger.killAll());
    await this.rabbitmq.prepare((line) => process.stderr.write(`${line}\n`));
    await settleAll([this.rabbitmq.start(), this.postgres.start()]);
  }

  async remove(): Promise<void> {
    await settleAll([this.rabbitmq.remove(), this.postgres.remove()]);
    this.ledger.release();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Ends and deletes what killed test runs left behind. */
async function removeLeftovers(): Promise<void> {
  const folders = existsSync(RUNS) ? readdirSync(RUNS).map((name) => join(RUNS, name)) : [];
  for (const folder of folders.filter((run) => existsSync(join(run, 'processes.json')))) {
    try {
      await new ProcessLedger(folder).take();
    } catch {
      continue; // It still runs, or another run is removing it.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
