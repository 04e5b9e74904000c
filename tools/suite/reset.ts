import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresHome } from '../../infra/postgres/postgres-home';
import { ProcessLedger } from '../../infra/processes/process-ledger';
import { SERVICES } from '../launcher/suite/service-descriptions';
import { SuiteFile } from '../launcher/suite/suite-file';
import { command, NoSuite } from './command';
import { untilDown } from './until-down';

/** What a suite keeps from one start to the next; reports and results of other commands stay. */
const KEPT = [
  ...['rabbitmq', 'postgres', 'mail', 'logs', 'apps', 'libs', 'secrets.env'],
  ...SERVICES.map(({ name }) => `${name}.env`),
];

/** Stops the suite where it runs, and deletes its data. @throws DataFolderInUse */
export async function reset(dataFolder: string): Promise<void> {
  await command(new SuiteFile(dataFolder), ['down']).then(
    () => untilDown(dataFolder),
    (error: unknown) => {
      if (!(error instanceof NoSuite)) throw error;
    },
  );
  const ledger = new ProcessLedger(dataFolder);
  await ledger.take();
  PostgresHome.in(join(dataFolder, 'postgres')).remove();
  for (const name of KEPT) rmSync(join(dataFolder, name), { recursive: true, force: true });
  ledger.release();
  console.log('Deleted: orders, messages, mails, logs and passwords. "npm start" begins anew.');
}
