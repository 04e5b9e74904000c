import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEVELOPMENT_USERS } from '@app/broker-admin';
import { Accounts } from '../../../../tools/launcher/suite/accounts';
import { Broker } from '../../../../tools/launcher/suite/broker';
import type { Deployment, DeploymentOptions } from '../deployment';
import { Compose, type ComposedTarget } from './compose';
import { ComposedRabbitmq } from './composed-rabbitmq';
import { ComposedPostgres } from './composed-postgres';
import { ComposedServices } from './composed-services';
import { variablesOf } from './compose-variables';
import { the, type Containers } from './containers-of';

const MAIL_PAGE = 1080;

/** The suite in containers, as `docker compose up --wait` starts it. */
export class ComposedDeployment implements Deployment {
  readonly services: ComposedServices;
  readonly rabbitmq: ComposedRabbitmq;
  readonly broker: Broker;
  readonly postgres: ComposedPostgres;

  private constructor(
    readonly compose: Compose,
    readonly accounts: Accounts,
    private readonly containers: Containers,
  ) {
    const nodes = [...containers].filter(([service]) => service.startsWith('rabbitmq'));
    this.services = new ComposedServices(compose, containers);
    this.rabbitmq = new ComposedRabbitmq(
      nodes.flatMap(([, node]) => node),
      accounts.broker,
    );
    this.broker = new Broker(this.rabbitmq, { accounts: accounts.broker });
    this.postgres = new ComposedPostgres(the('postgres', containers), accounts);
  }

  static async open(target: ComposedTarget, options: DeploymentOptions): Promise<ComposedDeployment> {
    const compose = new Compose(target, variablesOf(options), options.env);
    globalThis.onExit?.(() => compose.downNow());
    try {
      await compose.up();
      return await ComposedDeployment.of(compose);
    } catch (error) {
      await compose.down();
      throw error;
    }
  }

  /** What runs of a project by now. */
  static async of(compose: Compose): Promise<ComposedDeployment> {
    return new ComposedDeployment(compose, await accountsOf(compose), await compose.containers());
  }

  get mailUrl(): string {
    return `http://${the('mail', this.containers).address(MAIL_PAGE)}`;
  }

  get smsUrl(): string {
    return this.services.get('sms-gateway').url;
  }

  get id(): string {
    return this.compose.project;
  }

  get crashes(): string[] {
    return [...this.services.crashes];
  }

  async close({ keepLogs }: { readonly keepLogs: boolean }): Promise<void> {
    if (keepLogs) await this.compose.saveLogs();
    await this.compose.down();
  }
}

/** All passwords, as `secrets` has made them. */
async function accountsOf(compose: Compose): Promise<Accounts> {
  const folder = mkdtempSync(join(tmpdir(), 'order-events-accounts-'));
  try {
    await compose.copy('secrets', '/secrets/secrets.env', folder);
    const accounts = new Accounts(folder, DEVELOPMENT_USERS);
    // Read now, before the folder goes.
    if (accounts.administrator.password === '') throw new Error('There is no password.');
    return accounts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
