import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { ProcessLedger } from '../../infra/processes/process-ledger';

/** Where test runs keep their data, and look for what killed ones left behind. */
export const RUNS = resolve('.data', 'test');

/** A folder for the servers of one spec file alone, and the ledger of their processes: they end with the run, whatever ends that. */
export class TestFolder {
  readonly path: string;
  readonly ledger: ProcessLedger;

  private constructor(name: string) {
    this.path = resolve(RUNS, `${process.pid}-${name}`);
    this.ledger = new ProcessLedger(this.path);
  }

  /** @param name of which a process has one at a time */
  static async take(name: string): Promise<TestFolder> {
    const folder = new TestFolder(name);
    await folder.ledger.take();
    globalThis.onExit?.(() => folder.ledger.killAll());
    return folder;
  }

  /** Once what runs in it has ended. */
  remove(): void {
    this.ledger.release();
    rmSync(this.path, { recursive: true, force: true });
  }
}
