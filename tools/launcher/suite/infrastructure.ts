import { join } from 'node:path';
import { MailSink } from '../../../infra/mail/mail-sink';
import type { DatabaseServer } from '../../../infra/postgres/database-server';
import { PrivatePostgres } from '../../../infra/postgres/private-postgres';
import type { Broker } from '../../../infra/rabbitmq/broker';
import { PrivateBroker } from '../../../infra/rabbitmq/private-broker';
import type { RabbitmqNode } from '../../../infra/rabbitmq/rabbitmq-node';
import { settleAll } from '../../../infra/settle-all';
import { NotOurs } from './not-ours';
import type { Part } from '../../../infra/processes/part';
import { SERVICES } from './service-descriptions';
import { brokerOf, databaseServerOf, type ServerOptions, USUAL_PORTS } from './servers';
import { justDo } from './suite-options';

/** What the services run on: a broker and a database server, of our own or given, and a mail server. */
export class Infrastructure {
  readonly broker: Broker;
  readonly databases: DatabaseServer;
  readonly mail: MailSink;

  constructor(private readonly options: ServerOptions) {
    const { dataFolder, watch, ports } = options;
    const pagePort = ports === 'preferred' ? USUAL_PORTS.mail : undefined;
    this.broker = brokerOf(options);
    this.databases = databaseServerOf(options);
    this.mail = new MailSink({ folder: join(dataFolder, 'mail'), pagePort, ...watch.hooksFor('mail') });
  }

  /** Those that are our own. */
  get parts(): Part[] {
    const { broker, databases, mail } = this;
    return [
      ...(broker instanceof PrivateBroker ? [broker] : []),
      ...(databases instanceof PrivatePostgres ? [databases] : []),
      mail,
    ];
  }

  /** @throws NotOurs */
  ownRabbitmq(): RabbitmqNode {
    if (this.broker instanceof PrivateBroker) return this.broker.node;
    throw new NotOurs('broker');
  }

  /** @throws NotOurs */
  ownPostgres(): PrivatePostgres {
    if (this.databases instanceof PrivatePostgres) return this.databases;
    throw new NotOurs('database server');
  }

  /** Resolves once the broker has the topology and every service its database. */
  async start(): Promise<void> {
    const { step = justDo } = this.options;
    await settleAll([this.broker.prepare(), this.databases.prepare()]);
    const started = [
      step('RabbitMQ', () => this.broker.start()),
      step('PostgreSQL', () => this.startDatabases()),
      step('mail server', () => this.mail.start()),
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
