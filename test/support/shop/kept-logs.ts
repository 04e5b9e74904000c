import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the logs of failed tests, which stays. Prints its name. */
export function folderForLogs(): string {
  const folder = mkdtempSync(join(tmpdir(), 'order-events-logs-'));
  process.stderr.write(`The logs of the failed tests are in ${folder}\n`);
  return folder;
}
