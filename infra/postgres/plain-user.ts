import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shortHash } from '../environment';
import { PostgresMissing } from './postgres-missing';

/** A user without rights: PostgreSQL refuses to run as root. */
export interface PlainUser {
  readonly uid: number;
  readonly gid: number;
}

/** The user to run PostgreSQL as; undefined where the launcher's own user will do, as anyone but root does. */
export function plainUser(): PlainUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new PostgresMissing('it does not run as root, and there is no user "postgres" or "nobody".');
}

/** Whether any user can reach the path: not so below a folder that its owner keeps to himself, such as root's home. */
export function isReachable(path: string): boolean {
  const parent = dirname(path);
  return (statSync(path).mode & 0o001) !== 0 && (parent === path || isReachable(parent));
}

/** A folder that any user can reach, in place of one that cannot be reached. @throws Error when a stranger made it */
export function reachableFolder(insteadOf: string): string {
  const uid = process.getuid?.() ?? 0;
  const folder = join('/var/tmp', `order-events-${shortHash(insteadOf)}-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid)
    throw new Error(`${folder} belongs to another user: remove it.`);
  return folder;
}

/**
 * A folder that any user can reach and whose content is kept, in place of one that cannot be reached. A link in that one leads
 * there: without it, what is there belonged to a folder that was deleted since, and its password is lost.
 */
export function reachableHome(folder: string): string {
  const link = join(folder, 'elsewhere');
  const home = reachableFolder(folder);
  if (existsSync(link)) return home;
  rmSync(home, { recursive: true });
  symlinkSync(reachableFolder(folder), link);
  return home;
}
