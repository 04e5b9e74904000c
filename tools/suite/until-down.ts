import { ProcessLedger } from '../../infra/processes/process-ledger';
import { eventually } from '../../infra/eventually';

const TIMEOUT_MS = 120_000;

/** Waits until every process of the suite has ended. @throws NotInTime */
export async function untilDown(dataFolder: string): Promise<void> {
  const ledger = new ProcessLedger(dataFolder);
  await eventually(() => !ledger.isTaken, { what: 'the suite to stop', within: TIMEOUT_MS });
}
