import { readFileSync } from 'node:fs';
import { parentOf, startOf, type ProcessIdentity } from '../../infra/processes/process-table';

/** The npm that runs this; undefined where none does. */
export function npmProcess(): ProcessIdentity | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const pid = isShell(process.ppid) ? parentOf(process.ppid) : process.ppid;
  const started = pid === undefined ? undefined : startOf(pid);
  return pid === undefined || started === undefined ? undefined : { pid, started };
}

/** npm runs `sh -c command`. Debian's shell then waits for the command; others become it. */
function isShell(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[1] === '-c';
}
