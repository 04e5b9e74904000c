import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessHooks } from '../../../infra/processes/hooks';
import type { ManagedProcess } from '../../../infra/processes/managed-process';
import type { ProcessLedger } from '../../../infra/processes/process-ledger';
import { failureOf } from '../../../infra/processes/until-ready';
import type { SuiteOptions } from './suite-options';

/** Sees every process of a suite: keeps its log and notices its death. */
export class ProcessWatch {
  private readonly logFolder: string;
  private watching = false;

  constructor(
    private readonly options: Pick<SuiteOptions, 'dataFolder' | 'log' | 'onCrash' | 'signal'>,
    private readonly ledger: ProcessLedger,
  ) {
    this.logFolder = join(options.dataFolder, 'logs');
    rmSync(this.logFolder, { recursive: true, force: true });
    mkdirSync(this.logFolder, { recursive: true });
  }

  hooksFor(name: string): ProcessHooks {
    return {
      ledger: this.ledger,
      signal: this.options.signal,
      logFile: join(this.logFolder, `${name}.log`),
      onLine: (line) => this.options.log?.(name, line),
      onCrash: (crashed) => void this.report(name, crashed),
    };
  }

  /** From now on a process that ends unasked is reported. Before, the start that waits for it fails. */
  begin(): void {
    this.watching = true;
  }

  pause(): void {
    this.watching = false;
  }

  private async report(part: string, crashed: ManagedProcess): Promise<void> {
    if (!this.watching) return;
    const failure = await failureOf(crashed);
    if (this.options.onCrash !== undefined) this.options.onCrash(failure, part);
    else this.options.log?.('launcher', failure.message);
  }
}
