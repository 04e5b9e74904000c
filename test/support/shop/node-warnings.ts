import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Node prints it on a line of its own, at any log level: `(node:4711) MaxListenersExceededWarning: …`. Deprecations are left out. */
const WARNING = /^\(node:\d+\) (?!\[DEP)(.*)$/gm;

/** What Node has warned of in the logs of the folder, such as listeners that are never removed: `sms: MaxListenersExceededWarning: …`. */
export function nodeWarnings(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => {
    const warnings = readFileSync(join(folder, file), 'utf8').matchAll(WARNING);
    return [...warnings].map(([, text]) => `${basename(file, '.log')}: ${text}`);
  });
}
