import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../infra/environment';
import type { ManagedProcess } from '../../infra/processes/managed-process';
import { freePort } from '../../infra/processes/ports';
import type { Suite } from '../../tools/launcher/suite/suite';
import type { Contestant, Sends } from './contestant';
import { ContestantQueues } from './contestant-queues';
import { OrdersDatabase } from './orders-database';
import type { Program, Programs } from './programs';
import type { Providers } from './providers';
import { addVirtualHost } from './virtual-host';

/** How a rival is made. */
export interface RivalDescription {
  readonly name: string;
  /** Of its database and its virtual host. */
  readonly id: string;
  /** A file of SQL, from the root of the checkout. */
  readonly tables: string;
  /** The one that takes orders comes first. */
  readonly programs: readonly Program[];
  /** In place of the first, where nothing is to be consumed. */
  readonly intake?: Program;
  readonly queues: readonly string[];
  readonly outbox: boolean;
}

export interface RivalOptions {
  /** Whose broker and database server it uses. */
  readonly suite: Suite;
  readonly programs: Programs;
  readonly providers: Providers;
}

/** Programs that ours are compared with: on the same broker and the same database server, with a virtual host and a database of their own. */
export class Rival implements Contestant {
  readonly name = this.description.name;
  readonly dataFolders = [this.options.suite.dataFolder, this.options.programs.dataFolder];
  readonly url = `http://127.0.0.1:${this.port}/orders`;
  readonly orders = new OrdersDatabase(this.databaseUrl);
  readonly queues = new ContestantQueues(this.rabbitmqUrl, this.description.queues);
  private running: ManagedProcess[] = [];

  private constructor(
    private readonly description: RivalDescription,
    private readonly options: RivalOptions,
    private readonly port: number,
    private readonly databaseUrl: string,
    readonly rabbitmqUrl: string,
  ) {}

  /** Starts it once, so that its queues are there; it is stopped afterwards. */
  static async open(description: RivalDescription, options: RivalOptions): Promise<Rival> {
    const { id, tables } = description;
    const rabbitmqUrl = await addVirtualHost(options.suite, id);
    await options.suite.postgres.createDatabase(id, id, id);
    const databaseUrl = options.suite.postgres.url(id);
    const rival = new Rival(description, options, await freePort(), databaseUrl, rabbitmqUrl);
    await rival.orders.query(readFileSync(join(CHECKOUT, tables), 'utf8'));
    await rival.launch(description.programs, 'inside');
    await rival.stop();
    return rival;
  }

  async start(sends: Sends): Promise<void> {
    await this.empty();
    await this.launch(this.description.programs, sends);
  }

  async startIntake(): Promise<void> {
    const { intake, programs } = this.description;
    await this.empty();
    await this.launch(intake === undefined ? programs.slice(0, 1) : [intake], 'inside');
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map((program) => program.stop()));
    this.running = [];
  }

  told(): Promise<number> {
    return this.orders.number("select count(*) from deliveries where state = 'sent'");
  }

  async inOutbox(): Promise<number> {
    return this.description.outbox ? this.orders.number('select count(*) from outbox') : 0;
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.stop(), this.orders.close(), this.queues.close()]);
  }

  private async empty(): Promise<void> {
    await this.queues.empty();
    await this.orders.empty();
    await this.orders.query('update stock set reserved = 0');
  }

  /** The first takes orders, on the port that stays the same. */
  private async launch(programs: readonly Program[], sends: Sends): Promise<void> {
    const servers = { DATABASE_URL: this.databaseUrl, RABBITMQ_URL: this.rabbitmqUrl };
    const env = { ...servers, ...this.options.providers.environment(sends) };
    const started = programs.map(async (program, index) => {
      const PORT = String(index === 0 ? this.port : await freePort());
      return this.options.programs.start({ ...program, env: { ...env, PORT } });
    });
    this.running = await Promise.all(started);
  }
}
