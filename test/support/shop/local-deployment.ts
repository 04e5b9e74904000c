import { randomUUID } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TOPOLOGY } from '@app/contracts';
import { ProcessLedger } from '../../../infra/processes/process-ledger';
import { Suite } from '../../../tools/launcher/suite/suite';
import { RUNS } from '../test-folder';
import type { Deployment, DeploymentOptions, Environments } from './deployment';
import { folderForLogs } from './kept-logs';
import { nodeWarnings } from './node-warnings';

/** Without source maps: to read those of all that a service loads takes a fifth of its start. */
const nodeOptions = (): string[] => [];

/** The launcher's suite: processes of this machine. */
export class LocalDeployment implements Deployment {
  private constructor(
    private readonly suite: Suite,
    readonly env: Environments,
    readonly crashes: string[],
  ) {}

  static async open({ smtpUrl, env: given, ...chosen }: DeploymentOptions): Promise<LocalDeployment> {
    const dataFolder = join(RUNS, `shop-${randomUUID().slice(0, 8)}`);
    const ledger = new ProcessLedger(dataFolder);
    globalThis.onExit?.(() => ledger.killAll());
    const crashes: string[] = [];
    const without = [...(chosen.without ?? []), ...(smtpUrl === undefined ? [] : ['mail'])];
    const options = {
      ...chosen,
      without,
      dataFolder,
      ledger,
      nodeOptions,
      ports: 'free',
      fsync: false,
    } as const;
    const env = environments(given, smtpUrl);
    const onCrash = ({ message }: Error): void => void crashes.push(message);
    const suite = await Suite.start({ ...options, env, onCrash }).catch((error: unknown) => {
      keepLogs(dataFolder);
      rmSync(dataFolder, { recursive: true });
      throw error;
    });
    return new LocalDeployment(suite, env, crashes);
  }

  get id(): string {
    return this.suite.dataFolder;
  }

  get services() {
    return this.suite.services;
  }

  get rabbitmq() {
    return this.suite.broker.server;
  }

  get broker() {
    return this.suite.broker;
  }

  get postgres() {
    return this.suite.postgres;
  }

  get mailUrl(): string {
    return this.suite.mailUrl;
  }

  get smsUrl(): string {
    return this.suite.smsUrl;
  }

  /** @throws Error where Node has warned of something, as it does of a leak */
  async close({ keepLogs: wanted }: { readonly keepLogs: boolean }): Promise<void> {
    await this.suite.services.stop();
    const warnings = nodeWarnings(logsOf(this.suite.dataFolder));
    if (wanted || warnings.length > 0) keepLogs(this.suite.dataFolder);
    await this.suite.remove();
    if (warnings.length > 0) throw new Error(`Node has warned:\n${warnings.join('\n')}`);
  }
}

function environments(given: Environments = {}, smtpUrl?: string): Environments {
  const smtp: Record<string, string> = smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl };
  return Object.fromEntries(
    TOPOLOGY.map(({ service }) => [
      service,
      { LOG_LEVEL: 'warn', ...(service === 'email' ? smtp : {}), ...given[service] },
    ]),
  );
}

const logsOf = (dataFolder: string): string => join(dataFolder, 'logs');

const keepLogs = (dataFolder: string): void =>
  cpSync(logsOf(dataFolder), folderForLogs(), { recursive: true });
