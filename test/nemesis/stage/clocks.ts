import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SHIFTED_CLOCK = resolve('test/support/faults/shifted-clock.js');

/** The clocks of the services, which can jump while they run. */
export class Clocks {
  private readonly folder = mkdtempSync(join(tmpdir(), 'clocks-'));

  /** What a service starts with so that its clock can be set. */
  environmentOf(service: string): Record<string, string> {
    this.set(service, 0);
    return { NODE_OPTIONS: `--require="${SHIFTED_CLOCK}"`, CLOCK_OFFSET_FILE: this.fileOf(service) };
  }

  /** How many milliseconds it is ahead from now on. */
  set(service: string, milliseconds: number): void {
    const draft = join(this.folder, 'draft');
    writeFileSync(draft, String(milliseconds));
    // In one step: who reads it meanwhile finds one number or the other.
    renameSync(draft, this.fileOf(service));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private fileOf(service: string): string {
    return join(this.folder, service);
  }
}
