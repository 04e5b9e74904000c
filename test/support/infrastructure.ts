import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PrivatePostgres } from '../../infra/postgres/private-postgres';
import { ProcessLedger } from '../../infra/processes/process-ledger';
import { ensureRabbitmq } from '../../infra/rabbitmq/rabbitmq-install';
import { settleAll } from '../../infra/settle-all';
import { brokerOf } from './brokers/broker-of';
import type { TestBroker } from './brokers/test-broker';
import { type BrokerKind, SETTING } from './setting';

/** The kinds of broker that are made of the installed RabbitMQ. */
const INSTALLED: readonly BrokerKind[] = ['single', 'cluster'];

const RUNS = resolve('.data', 'test');

/** The broker and the database of one test run, shared by all its integration specs and removed after them. */
export class Infrastructure {
  readonly rabbitmq: TestBroker;
  readonly postgres: PrivatePostgres;
  private readonly ledger: ProcessLedger;

  constructor(private readonly folder = join(RUNS, String(process.pid))) {
    this.ledger = new ProcessLedger(folder);
    this.rabbitmq = brokerOf({ folder, ledger: this.ledger });
    this.postgres = new PrivatePostgres({
      folder: join(folder, 'postgres'),
      fsync: false,
      ledger: this.ledger,
    });
  }

  async start(): Promise<void> {
    await removeLeftovers();
    await this.ledger.take();
    process.once('exit', () => this.ledger.killAll());
    if (INSTALLED.includes(SETTING.broker)) await ensureRabbitmq((line) => process.stderr.write(`${line}\n`));
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
