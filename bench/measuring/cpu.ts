import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parsed } from '../../infra/json';
import { familyOf, processTable } from '../../infra/processes/process-table';

/** Linux counts in hundredths of a second, whatever the kernel's own clock. @see https://man7.org/linux/man-pages/man7/time.7.html */
const TICK_MS = 10;

/** Milliseconds of CPU, user and system, by process. */
export type Cpu = ReadonlyMap<string, number>;

/** What each process has used so far, with all that it started: PostgreSQL's connections are processes of their own. */
export function cpuOf(dataFolders: readonly string[]): Cpu {
  const table = processTable();
  const used = new Map<string, number>();
  for (const { name, pid } of dataFolders.flatMap(runningIn)) {
    const ticks = familyOf(pid, table).reduce((sum, member) => sum + ticksOf(member.pid), 0);
    used.set(name, (used.get(name) ?? 0) + ticks * TICK_MS);
  }
  const { user, system } = process.cpuUsage();
  return used.set('launcher', (user + system) / 1_000);
}

/** What was used between two looks, divided by the count of orders. */
export function perOrder(before: Cpu, after: Cpu, orders: number): Map<string, number> {
  const used = [...after].map(([name, ms]): [string, number] => [
    name,
    (ms - (before.get(name) ?? 0)) / orders,
  ]);
  return new Map(used.filter(([, ms]) => ms >= 0.005));
}

interface Running {
  readonly pid: number;
  readonly name: string;
}

/** The launcher writes down every process that it started in that folder. */
function runningIn(dataFolder: string): readonly Running[] {
  return parsed<{ processes: Running[] }>(readFileSync(join(dataFolder, 'processes.json'), 'utf8')).processes;
}

/** Its own and those of children that have ended. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  } catch {
    return 0;
  }
}

/** What all processes of the machine have used so far: where others work beside the bench, its rates say little. */
export function busyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
