import { lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shortHash } from '../environment';

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
  throw new Error('PostgreSQL cannot run as root, and there is no user "postgres" or "nobody" to run it as.');
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
    throw new Error(`${folder} belongs to somebody else: remove it.`);
  return folder;
}
