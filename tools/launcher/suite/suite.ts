import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../environment';
import type { PrivatePostgres } from '../postgres/private-postgres';
import { ProcessLedger } from '../processes/process-ledger';
import type { PrivateRabbitmq } from '../rabbitmq/private-rabbitmq';
import { Accounts } from './accounts';
import { Infrastructure } from './infrastructure';
import { ProcessWatch } from './process-watch';
import { SERVICES } from './service-descriptions';
import { TWILIO_ACCOUNT_SID } from './service-environment';
import { Services } from './services';
import type { SuiteOptions } from './suite-options';

/** All that `npm start` runs, infrastructure and services: processes of this machine that are ours alone. */
export class Suite {
  private constructor(
    private readonly ledger: ProcessLedger,
    private readonly watch: ProcessWatch,
    private readonly infrastructure: Infrastructure,
    readonly dataFolder: string,
    readonly accounts: Accounts,
    readonly services: Services,
  ) {}

  /**
   * Starts everything and waits until every service is ready.
   * @throws Error that shows the end of the log of whatever did not start, or DataFolderInUse; nothing is left running then
   */
  static async start(options: SuiteOptions): Promise<Suite> {
    const { dataFolder, queues, ledger = new ProcessLedger(dataFolder) } = options;
    await ledger.take();
    const watch = new ProcessWatch(options, ledger);
    const accounts = new Accounts(dataFolder);
    const infrastructure = new Infrastructure({
      ...options,
      definitions: accounts.definitions(queues),
      watch,
    });
    const appsFolder = options.appsFolder ?? join(CHECKOUT, 'dist', 'apps');
    const services = await Services.create(
      { ...options, appsFolder, watch },
      { infrastructure, accounts, queues },
    );
    const suite = new Suite(ledger, watch, infrastructure, dataFolder, accounts, services);
    await suite.bringUp(options);
    return suite;
  }

  get rabbitmq(): PrivateRabbitmq {
    return this.infrastructure.rabbitmq;
  }

  get postgres(): PrivatePostgres {
    return this.infrastructure.postgres;
  }

  /** MailDev's page, and its API below `/email`. */
  get mailUrl(): string {
    return this.infrastructure.mail.webUrl;
  }

  /** The stand-in for the SMS provider. */
  get smsUrl(): string {
    return this.services.get('sms-gateway').url;
  }

  /** The texts that were sent, as the provider's API lists them. */
  get textsUrl(): string {
    return `${this.smsUrl}/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Messages.json`;
  }

  /** The services first, so that they can finish; then what they run on. */
  async stop(): Promise<void> {
    await this.stopProcesses();
    this.ledger.release();
  }

  /** Stops it without care for its data, and deletes that. */
  async remove(): Promise<void> {
    this.watch.pause();
    await this.services.stop();
    await this.infrastructure.remove();
    this.ledger.release();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  private async bringUp({ signal }: SuiteOptions): Promise<void> {
    const abort = (): void => void this.stopProcesses();
    signal?.addEventListener('abort', abort);
    try {
      await this.infrastructure.start();
      signal?.throwIfAborted();
      await this.createDatabases();
      await this.services.start();
      signal?.throwIfAborted();
      this.watch.begin();
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  private async stopProcesses(): Promise<void> {
    this.watch.pause();
    await this.services.stop();
    await this.infrastructure.stop();
  }

  private async createDatabases(): Promise<void> {
    for (const service of SERVICES) {
      if (service.database === undefined) continue;
      await this.postgres.createDatabase(
        service.database,
        service.name,
        this.accounts.databasePassword(service),
      );
    }
  }
}
