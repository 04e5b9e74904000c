import { join } from 'node:path';
import { MailSink } from '../../../infra/mail/mail-sink';
import type { PostgresServer } from '../../../infra/postgres/postgres-server';
import { PrivatePostgres } from '../../../infra/postgres/private-postgres';
import type { Broker } from './broker';
import { settleAll } from '../../../infra/settle-all';
import type { Part } from '../../../infra/processes/part';
import { SERVICES } from './service-descriptions';
import { brokerOf, postgresOf, type ServerOptions, USUAL_PORTS } from './servers';
import { justDo } from './suite-options';

/** What the services run on: a broker and a database server, of our own or given, and a mail server. */
export class Infrastructure {
  readonly broker: Broker;
  readonly databases: PostgresServer;
  readonly mail: MailSink;

  constructor(private readonly options: ServerOptions) {
    const { dataFolder, watch, ports } = options;
    const pagePort = ports === 'preferred' ? USUAL_PORTS.mail : undefined;
    this.broker = brokerOf(options);
    this.databases = postgresOf(options);
    this.mail = new MailSink({ folder: join(dataFolder, 'mail'), pagePort, ...watch.hooksFor('mail') });
  }

  /** Those that are our own. */
  get parts(): Part[] {
    const { broker, databases, mail } = this;
    return [
      ...(broker.isGiven ? [] : [broker]),
      ...(databases instanceof PrivatePostgres ? [databases] : []),
      mail,
    ];
  }

  /** Resolves once the broker has the topology and every service its database. */
  async start(): Promise<void> {
    const { step = justDo, without = [] } = this.options;
    const say = (line: string): void => this.options.log?.('launcher', line);
    await settleAll([this.broker.prepare(say), this.databases.prepare()]);
    const started = [
      step('RabbitMQ', () => this.broker.start()),
      step('PostgreSQL', () => this.startDatabases()),
      ...(without.includes(this.mail.name) ? [] : [step('mail server', () => this.mail.start())]),
    ];
    await settleAll(started, () => this.stop());
  }

  async stop(): Promise<void> {
    await settleAll([this.broker.stop(), this.databases.stop(), this.mail.stop()]);
  }

  /** Ends at once what is ours, and deletes its data. */
  async remove(): Promise<void> {
    await settleAll([this.broker.remove(), this.databases.remove(), this.mail.stop()]);
  }

  private async startDatabases(): Promise<void> {
    await this.databases.start();
    for (const service of SERVICES) {
      if (service.database === undefined) continue;
      const password = this.options.accounts.databasePassword(service);
      await this.databases.createDatabase(service.database, service.name, password);
    }
  }
}
