import { join } from 'node:path';
import { MailSink } from '../mail/mail-sink';
import { PrivatePostgres } from '../postgres/private-postgres';
import { ensureRabbitmq } from '../rabbitmq/rabbitmq-install';
import { PrivateRabbitmq } from '../rabbitmq/private-rabbitmq';
import { settleAll } from '../settle-all';
import type { ProcessWatch } from './process-watch';
import { justDo, type SuiteOptions } from './suite-options';

export interface InfrastructureOptions extends Pick<SuiteOptions, 'dataFolder' | 'fsync' | 'log' | 'step'> {
  /** What the broker loads before anybody connects. */
  readonly definitions: object;
  readonly watch: ProcessWatch;
}

/** What the services run on: a broker, a database and a mail server, all of our own. */
export class Infrastructure {
  readonly rabbitmq: PrivateRabbitmq;
  readonly postgres: PrivatePostgres;
  readonly mail: MailSink;

  constructor(private readonly options: InfrastructureOptions) {
    const { dataFolder, definitions, fsync, watch } = options;
    const folder = (name: string): string => join(dataFolder, name);
    this.rabbitmq = new PrivateRabbitmq({
      folder: folder('rabbitmq'),
      definitions,
      ...watch.hooksFor('rabbitmq'),
    });
    this.postgres = new PrivatePostgres({ folder: folder('postgres'), fsync, ...watch.hooksFor('postgres') });
    this.mail = new MailSink({ folder: folder('mail'), ...watch.hooksFor('mail') });
  }

  /** A machine without RabbitMQ gets one here; to run it in a container would be the other way. */
  async start(): Promise<void> {
    const { step = justDo, log } = this.options;
    await ensureRabbitmq((line) => log?.('launcher', line));
    const started = [
      step('RabbitMQ', () => this.rabbitmq.start()),
      step('PostgreSQL', () => this.postgres.start()),
      step('mail server', () => this.mail.start()),
    ];
    await settleAll(started, () => this.stop());
  }

  async stop(): Promise<void> {
    await settleAll([this.rabbitmq.stop(), this.postgres.stop(), this.mail.stop()]);
  }

  /** Ends all at once and deletes the data. */
  async remove(): Promise<void> {
    await settleAll([this.rabbitmq.remove(), this.postgres.remove(), this.mail.stop()]);
  }
}
