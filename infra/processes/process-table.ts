import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A pid is given again to others; pid and start time together are one process for ever. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** A process of this machine. */
export interface ProcessEntry extends ProcessIdentity {
  readonly parent: number;
}

/** Every process that runs; none on Windows, where nothing cheap tells. */
export function processTable(): ProcessEntry[] {
  if (process.platform === 'win32') return [];
  return process.platform === 'linux' ? fromProc() : fromPs();
}

/** When the process was started, in a form that only serves to be compared; undefined when it does not run. */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') return procEntry(pid)?.started;
  return processTable().find((entry) => entry.pid === pid)?.started;
}

/** The pid of the process that started this one, or of the process that took its place since; undefined when it does not run. */
export const parentOf = (pid: number): number | undefined =>
  processTable().find((entry) => entry.pid === pid)?.parent;

/** The process and all that it started, its children first. */
export function familyOf(pid: number, table: readonly ProcessEntry[] = processTable()): ProcessEntry[] {
  const children = table
    .filter(({ parent }) => parent === pid)
    .flatMap((child) => familyOf(child.pid, table));
  return [...children, ...table.filter((entry) => entry.pid === pid)];
}

/** Whether that very process still runs. */
export const isRunning = ({ pid, started }: ProcessIdentity): boolean => startOf(pid) === started;

/** Sends a signal to that very process, and never to a stranger that was given its pid since; false when it does not run. */
export function sendTo(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  try {
    return isRunning(identity) && process.kill(identity.pid, signal);
  } catch {
    return false;
  }
}

function fromProc(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => procEntry(Number(name)) ?? []);
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: after the command come state, parent … and, 22nd, the start in ticks */
function procEntry(pid: number): ProcessEntry | undefined {
  const stat = statOf(pid);
  const [state, parent, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const started = fields[17];
  const gone = started === undefined || state === 'Z' || state === 'X';
  return gone ? undefined : { pid, parent: Number(parent), started };
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

function fromPs(): ProcessEntry[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,lstart='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [pid, parent, ...started] = line.trim().split(/\s+/);
    return started.length === 0
      ? []
      : [{ pid: Number(pid), parent: Number(parent), started: started.join(' ') }];
  });
}
