import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEVELOPMENT_USERS } from '@app/broker-admin';
import { CHECKOUT } from '../../../infra/environment';
import type { ProcessHooks } from '../../../infra/processes/hooks';
import { ProcessLedger } from '../../../infra/processes/process-ledger';
import { Accounts } from './accounts';
import { Infrastructure } from './infrastructure';
import { ProcessWatch } from './process-watch';
import { textsUrlOf } from './service-environment';
import { Services } from './services';
import { type ControlAddress, SuiteFile } from './suite-file';
import type { SuiteOptions } from './suite-options';

/** All that `npm start` runs, infrastructure and services: processes of this machine that are ours alone. */
export class Suite {
  readonly broker = this.infrastructure.broker;
  readonly postgres = this.infrastructure.databases;
  /** Broker, database server and mail server, as far as they are our own. */
  readonly servers = this.infrastructure.parts;
  private readonly file = new SuiteFile(this.dataFolder);

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
   * @throws Error that shows the end of the log of the part that did not start, or DataFolderInUse; nothing is left running then
   */
  static async start(options: SuiteOptions): Promise<Suite> {
    const { dataFolder, queues, queueKinds, settings, tracing } = options;
    const { ledger = new ProcessLedger(dataFolder) } = options;
    await ledger.take();
    const watch = new ProcessWatch(options, ledger);
    const accounts = new Accounts(dataFolder, DEVELOPMENT_USERS);
    const infrastructure = new Infrastructure({ ...options, accounts, watch });
    const appsFolder = options.appsFolder ?? join(CHECKOUT, 'dist', 'apps');
    const services = await Services.create(
      { ...options, appsFolder, watch },
      { infrastructure, queues, queueKinds, settings, tracing },
    );
    const suite = new Suite(ledger, watch, infrastructure, dataFolder, accounts, services);
    suite.file.remove();
    await suite.bringUp(options);
    return suite;
  }

  /** For a program that runs beside the suite: it is remembered, logged and watched as the others are. */
  hooksFor(name: string): ProcessHooks {
    return this.watch.hooksFor(name);
  }

  /** MailDev's page, and its API below `/api/email`. */
  get mailUrl(): string {
    return this.infrastructure.mail.webUrl;
  }

  /** The stand-in for the SMS provider. */
  get smsUrl(): string {
    return this.services.get('sms-gateway').url;
  }

  /** The texts that were sent, as the provider's API lists them. */
  get textsUrl(): string {
    return textsUrlOf(this.smsUrl);
  }

  /** The services first, so that they can finish; then what they run on. */
  async stop(): Promise<void> {
    this.file.remove();
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
    // What fails here fails again below, where it is waited for.
    const abort = (): void => void this.stopProcesses().catch(() => undefined);
    signal?.addEventListener('abort', abort);
    try {
      signal?.throwIfAborted();
      await this.infrastructure.start();
      signal?.throwIfAborted();
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

  /** Tells the tools of this checkout where the suite is, until it stops. @param control where it takes commands */
  announce(control?: ControlAddress): void {
    const [managementUrl] = this.broker.server.managementUrls;
    const orderApiUrl = this.services.get('order-api').url;
    this.file.write({
      rabbitmqUrl: this.broker.administratorUrls.join(),
      tailUrl: this.broker.isGiven ? undefined : this.broker.urlFor('tail'),
      managementUrl,
      queueVariables: this.services.topologyVariables,
      orderApiUrl,
      mailUrl: this.mailUrl,
      smsUrl: this.smsUrl,
      control,
    });
  }
}
