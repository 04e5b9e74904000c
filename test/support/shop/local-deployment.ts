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
export async function deployLocally({
  smtpUrl,
  env: given,
  ...chosen
}: DeploymentOptions): Promise<Deployment> {
  const dataFolder = join(RUNS, `shop-${randomUUID().slice(0, 8)}`);
  const ledger = new ProcessLedger(dataFolder);
  globalThis.onExit?.(() => ledger.killAll());
  const crashes: string[] = [];
  const env = environments(given, smtpUrl);
  const suite = await Suite.start({
    ...chosen,
    without: [...(chosen.without ?? []), ...(smtpUrl === undefined ? [] : ['mail'])],
    dataFolder,
    ledger,
    nodeOptions,
    ports: 'free',
    fsync: false,
    env,
    onCrash: ({ message }) => void crashes.push(message),
  }).catch((error: unknown) => {
    keepLogs(dataFolder);
    rmSync(dataFolder, { recursive: true });
    throw error;
  });
  const { services, broker, postgres, mailUrl, smsUrl } = suite;
  const close = ({ keepLogs: wanted }: { readonly keepLogs: boolean }) => remove(suite, wanted);
  return {
    id: dataFolder,
    services,
    broker,
    rabbitmq: broker.server,
    postgres,
    mailUrl,
    smsUrl,
    env,
    crashes,
    close,
  };
}

/** @throws Error where Node has warned of something, as it does of a leak */
async function remove(suite: Suite, logsAreWanted: boolean): Promise<void> {
  await suite.services.stop();
  const warnings = nodeWarnings(logsOf(suite.dataFolder));
  if (logsAreWanted || warnings.length > 0) keepLogs(suite.dataFolder);
  await suite.remove();
  if (warnings.length > 0) throw new Error(`Node has warned:\n${warnings.join('\n')}`);
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
