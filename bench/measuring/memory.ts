import { readFileSync } from 'node:fs';

/** Memory that a process holds (RSS), in MiB. @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export function memoryOf(pid: number): number {
  const [, kilobytes = 'NaN'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
