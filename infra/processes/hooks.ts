import type { ManagedProcess } from './managed-process';
import type { LineListener } from './output';
import type { ProcessLedger } from './process-ledger';

/** Who wants to know of a process, whatever it is. */
export interface ProcessHooks {
  /** Where it is remembered until it ends, so that a later start can end what a killed launcher left behind. */
  readonly ledger?: ProcessLedger;
  /** Told each line that it writes. */
  readonly onLine?: LineListener;
  /** Where its lines are kept. */
  readonly logFile?: string;
  /** Once it is aborted, no process is started any more. */
  readonly signal?: AbortSignal;
  /** Told when it ends unasked. */
  readonly onCrash?: (crashed: ManagedProcess) => void;
}
