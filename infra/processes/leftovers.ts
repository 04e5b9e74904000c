import { isRunning, sendTo, type ProcessIdentity } from './process-table';
import { eventually } from '../eventually';

/** How long a launcher that lost its npm may take to notice and to stop everything, in milliseconds. */
const ORPHAN_MS = 60_000;

/** How long a process that a killed launcher left behind may take to stop before it is killed, in milliseconds. */
const STOP_MS = 10_000;
const KILL_MS = 5_000;

/** A process that a launcher started. */
export interface LedgerEntry extends ProcessIdentity {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
}

export interface LedgerPage {
  readonly launcher: ProcessIdentity;
  /** Without this process the launcher stops by itself. */
  readonly npm?: ProcessIdentity;
  readonly processes: readonly LedgerEntry[];
}

/** Whether a launcher works in the folder. One whose npm was killed stops by itself: it is waited for. */
export async function isOwned({ launcher, npm }: LedgerPage): Promise<boolean> {
  if (!isRunning(launcher)) return false;
  if (npm === undefined || isRunning(npm)) return true;
  const what = `launcher ${launcher.pid} to stop`;
  return eventually(() => !isRunning(launcher), { what, within: ORPHAN_MS }).then(
    () => false,
    () => true,
  );
}

/** Ends them one by one, the last started first: services before the broker and the database that they use. */
export async function endLeftovers(processes: readonly LedgerEntry[]): Promise<void> {
  for (const entry of processes.toReversed()) await end(entry);
}

async function end(entry: LedgerEntry): Promise<void> {
  if (!sendTo(entry, entry.stopSignal)) return;
  const what = `${entry.name} (process ${entry.pid}) to stop`;
  try {
    await eventually(() => !isRunning(entry), { what, within: STOP_MS });
  } catch {
    sendTo(entry, 'SIGKILL');
    await eventually(() => !isRunning(entry), { what, within: KILL_MS });
  }
}

export function isLedgerPage(value: unknown): value is LedgerPage {
  if (!isRecord(value)) return false;
  const { launcher, npm, processes } = value;
  if (npm !== undefined && !isProcess(npm)) return false;
  return isProcess(launcher) && Array.isArray(processes) && processes.every(isProcess);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isProcess = (value: unknown): boolean =>
  isRecord(value) && typeof value.pid === 'number' && typeof value.started === 'string';
