import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

/** The checkout: every command starts there, in whatever folder its own code is. */
export const CHECKOUT = process.cwd();

/** What a program needs of this machine to run at all; everything else is given to each process by name. */
const INHERITED = ['PATH', 'TMPDIR', 'TZ', 'SystemRoot', 'TEMP', 'PATHEXT'];

/** The environment that every process is given, with what is its own. */
export function environmentWith(own: Readonly<Record<string, string>>): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) inherited[name] = value;
  }
  return { ...inherited, ...own };
}

/** A short name for a path: the same for the same path, another for any other. */
export const shortHash = (path: string): string =>
  createHash('sha256').update(resolve(path)).digest('hex').slice(0, 10);
