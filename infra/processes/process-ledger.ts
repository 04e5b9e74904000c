import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endLeftovers, isLedgerPage, isOwned, type LedgerEntry, type LedgerPage } from './leftovers';
import { familyOf, isRunning, processTable, sendTo, startOf, type ProcessIdentity } from './process-table';

/** Another launcher that still runs works in this data folder. */
export class DataFolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(`${folder} is in use by another launcher (process ${pid}). Stop that one first.`);
  }
}

/**
 * `processes.json`: every process that this launcher started and that still runs. It makes the data folder ours alone,
 * and after a launcher was killed it tells the next one what to end.
 */
export class ProcessLedger {
  private readonly file: string;
  private entries: LedgerEntry[] = [];
  private open = false;

  /** @param npm of a launcher that stops when its npm is gone */
  constructor(
    private readonly folder: string,
    private readonly npm?: ProcessIdentity,
  ) {
    this.file = join(folder, 'processes.json');
  }

  /**
   * Ends what a killed predecessor left behind, and takes the folder.
   * @throws DataFolderInUse
   */
  async take(): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    const before = this.read();
    if (before !== undefined) {
      if (await isOwned(before)) throw new DataFolderInUse(this.folder, before.launcher.pid);
      await endLeftovers(before.processes);
    }
    const meanwhile = this.read();
    if (meanwhile !== undefined && isRunning(meanwhile.launcher))
      throw new DataFolderInUse(this.folder, meanwhile.launcher.pid);
    rmSync(this.file, { force: true });
    this.create();
    this.open = true;
  }

  /** Whether a launcher has taken the folder, and not given it back. */
  get isTaken(): boolean {
    const page = this.read();
    return page !== undefined && isRunning(page.launcher);
  }

  /** The names of what a launcher that was killed has left running. */
  get leftBehind(): readonly string[] {
    const page = this.read();
    if (page === undefined || isRunning(page.launcher)) return [];
    return page.processes.filter(isRunning).map(({ name }) => name);
  }

  add(entry: Omit<LedgerEntry, 'started'>): void {
    const started = startOf(entry.pid);
    if (started === undefined) return;
    this.entries.push({ ...entry, started });
    this.write();
  }

  remove(pid: number): void {
    this.entries = this.entries.filter((entry) => entry.pid !== pid);
    this.write();
  }

  /** Kills at once all that still runs, and what that has started. */
  killAll(): void {
    const table = processTable();
    const families = this.entries.filter(isRunning).flatMap(({ pid }) => familyOf(pid, table));
    for (const member of families) sendTo(member, 'SIGKILL');
  }

  /** Gives the folder back. */
  release(): void {
    if (!this.open) return;
    this.open = false;
    rmSync(this.file, { force: true });
  }

  private read(): LedgerPage | undefined {
    try {
      const page: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      return isLedgerPage(page) ? page : undefined;
    } catch {
      return undefined;
    }
  }

  /** Fails where another launcher was faster. */
  private create(): void {
    const draft = this.draft();
    linkSync(draft, this.file);
    rmSync(draft);
  }

  private write(): void {
    if (this.open) renameSync(this.draft(), this.file);
  }

  /** A file of its own, moved into place in one step: a reader of the ledger reads a whole one. */
  private draft(): string {
    const launcher = { pid: process.pid, started: startOf(process.pid) ?? '' };
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ launcher, npm: this.npm, processes: this.entries }, undefined, 2));
    return draft;
  }
}
