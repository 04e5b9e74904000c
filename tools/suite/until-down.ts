import { ProcessLedger } from '../../infra/processes/process-ledger';
import { waitUntil } from '../../infra/processes/wait-until';

const TIMEOUT_MS = 120_000;

/** Waits until every process of the suite has ended. @throws WaitedInVain */
export async function untilDown(dataFolder: string): Promise<void> {
  const ledger = new ProcessLedger(dataFolder);
  await waitUntil(() => !ledger.isTaken, { what: 'the suite to stop', timeoutMs: TIMEOUT_MS });
}
