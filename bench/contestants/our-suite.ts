import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../infra/environment';
import { ProcessLedger } from '../../infra/processes/process-ledger';
import type { ServiceProcess } from '../../tools/launcher/suite/service-process';
import { Suite } from '../../tools/launcher/suite/suite';
import { ContestantDatabase } from './contestant-database';
import type { Contestant, Sends } from './contestant';
import { ContestantQueues } from './contestant-queues';
import { OrdersDatabase } from './orders-database';
import type { Programs } from './programs';
import type { Providers } from './providers';

export interface OurSuiteOptions {
  readonly name: string;
  /** Below the bench's own. */
  readonly folder: string;
  /** Where the services were built. */
  readonly appsFolder: string;
  readonly programs: Programs;
  readonly providers: Providers;
  readonly signal: AbortSignal;
}

const QUEUES = [
  'inventory.order_events',
  'order-api.inventory_events',
  'email.order_events',
  'sms.order_events',
];

/** The services of this repository, on a RabbitMQ and a PostgreSQL of their own. */
export class OurSuite implements Contestant {
  readonly name = this.options.name;
  readonly dataFolders = [this.suite.dataFolder, this.options.programs.dataFolder];
  readonly rabbitmqUrl = this.suite.broker.administratorUrls.join();
  readonly url = `${this.suite.services.get('order-api').url}/orders`;
  readonly orders = new OrdersDatabase(this.suite.postgres.url('orders'));
  private readonly databases = {
    inventory: new ContestantDatabase(this.suite.postgres.url('inventory')),
    email: new ContestantDatabase(this.suite.postgres.url('email')),
    sms: new ContestantDatabase(this.suite.postgres.url('sms')),
  };
  readonly queues = new ContestantQueues(this.rabbitmqUrl, QUEUES);

  private constructor(
    readonly suite: Suite,
    private readonly ledger: ProcessLedger,
    private readonly env: Record<string, Record<string, string>>,
    private readonly options: OurSuiteOptions,
  ) {}

  /** Starts it once, so that its tables are there; its services are stopped afterwards. */
  static async open(options: OurSuiteOptions): Promise<OurSuite> {
    const { folder, appsFolder, signal } = options;
    const dataFolder = join(CHECKOUT, '.data', 'bench', folder);
    const ledger = new ProcessLedger(dataFolder);
    await ledger.take();
    ledger.release();
    rmSync(dataFolder, { recursive: true, force: true });
    const env = {};
    const suite = await Suite.start({ dataFolder, appsFolder, ledger, signal, env, ports: 'free' });
    const opened = new OurSuite(suite, ledger, env, options);
    await opened.stop();
    await opened.databases.inventory.query("update stock set on_hand = 100000000 where sku = 'PAPER-CLIP'");
    return opened;
  }

  /** As `npm start` starts it, apart from where mails and texts go. */
  async start(sends: Sends): Promise<void> {
    await this.empty();
    this.env.email = this.env.sms = this.options.providers.environment(sends);
    await this.suite.services.start();
  }

  async startIntake(): Promise<void> {
    await this.empty();
    await this.suite.services.get('order-api').start();
  }

  service(name: string): ServiceProcess {
    return this.suite.services.get(name);
  }

  /** Puts so many orders into the tables that were decided long ago. */
  async fill(orders: number): Promise<void> {
    const { inventory, email, sms } = this.databases;
    await Promise.all([
      this.orders.fill('orders.sql', orders),
      inventory.fill('inventory.sql', orders),
      email.fill('deliveries.sql', orders),
      sms.fill('deliveries.sql', orders),
    ]);
  }

  async stop(): Promise<void> {
    await this.suite.services.stop();
  }

  async told(): Promise<number> {
    const sent = (queue: string): string =>
      `select count(*) from deliveries where consumer = '${queue}' and state = 'sent'`;
    const mails = await this.databases.email.number(sent('email.order_events'));
    return mails + (await this.databases.sms.number(sent('sms.order_events')));
  }

  inOutbox(): Promise<number> {
    return this.orders.number('select count(*) from outbox');
  }

  killAll(): void {
    this.ledger.killAll();
  }

  /** Deletes all that there is of it. */
  async remove(): Promise<void> {
    await Promise.allSettled([
      this.queues.close(),
      this.orders.close(),
      ...this.allDatabases().map((database) => database.close()),
    ]);
    await this.suite.remove();
  }

  private allDatabases(): ContestantDatabase[] {
    return Object.values(this.databases);
  }

  /** Nothing is left of the turn before. */
  private async empty(): Promise<void> {
    await fetch(`${this.suite.mailUrl}/api/email/all`, { method: 'DELETE' });
    await this.queues.empty();
    await Promise.all([this.orders.empty(), ...this.allDatabases().map((database) => database.empty())]);
    await this.databases.inventory.query('update stock set reserved = 0');
  }
}
