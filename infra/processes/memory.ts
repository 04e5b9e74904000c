import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { familyOf } from './process-table';

/** Memory of a process and all that it started, in MiB; what several of them share counts once where the system tells (Linux). */
export function memoryOf(pid: number): number {
  const kilobytes = familyOf(pid).reduce((sum, member) => sum + kilobytesOf(member.pid), 0);
  return Math.round(kilobytes / 1_024);
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_smaps.5.html: Pss is the proportional share; ps tells the resident set */
function kilobytesOf(pid: number): number {
  try {
    if (process.platform !== 'linux')
      return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
    const [, kilobytes = '0'] =
      /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kilobytes);
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}
