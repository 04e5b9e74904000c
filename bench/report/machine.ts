import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** What the figures hold for. */
export interface Machine {
  readonly date: string;
  readonly commit: string;
  readonly arguments: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
}

export function machine(args: readonly string[]): Machine {
  return {
    date: new Date().toISOString(),
    commit: commit(),
    arguments: args.join(' '),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
