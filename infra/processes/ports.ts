import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { parsed } from '../json';
import { isRunning, type ProcessIdentity, startOf } from './process-table';

/** Below every system's range for outgoing connections: one of those must not sit on the port of a server that restarts. */
const FREE_PORTS: readonly [number, number] = [20_000, 30_000];

/** Two servers that start together must not be given the same port. */
const given = new Set<number>();

/** Where launchers tell each other what they have given away: a port is free to the eye until its server listens. */
const CLAIMS = join(tmpdir(), `order-events-ports-${userInfo().uid}`);

/** A process that claims a port says at once who it is; one that has not done so by then has ended before. */
const UNSIGNED_COUNTS_MS = 10_000;

/** A port that nothing listens on, and that no process of this user has claimed. */
export async function freePort(): Promise<number> {
  const port = randomInt(...FREE_PORTS);
  return (await isOurs(port)) ? port : freePort();
}

/** The preferred port where it is free, else the next free one above it; any free one where none is preferred. */
export async function portFrom(preferred: number | undefined): Promise<number> {
  if (preferred === undefined) return freePort();
  return (await isOurs(preferred)) ? preferred : portFrom(preferred + 1);
}

/** The port that a server listens on; 0 where it does not listen, or listens on none. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Claims it, and looks whether anything listens on it. */
async function isOurs(port: number): Promise<boolean> {
  if (!claim(port)) return false;
  if (await take(port)) return true;
  rmSync(claimOf(port), { recursive: true, force: true });
  return false;
}

async function take(port: number): Promise<boolean> {
  if (given.has(port)) return false;
  given.add(port);
  if ((await canListen(port, '127.0.0.1')) && (await canListen(port))) return true;
  given.delete(port);
  return false;
}

const claimOf = (port: number): string => join(CLAIMS, String(port));

/** False when another process has claimed it. */
function claim(port: number): boolean {
  const folder = claimOf(port);
  try {
    mkdirSync(dirname(folder), { recursive: true });
    if (!counts(folder)) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const maker: ProcessIdentity = { pid: process.pid, started: startOf(process.pid) ?? '' };
    writeFileSync(makerOf(folder), JSON.stringify(maker));
    return true;
  } catch {
    return false;
  }
}

/** A claim ends with the process that made it. Until then the port is that process's own, also while its server is away and about to come back. */
function counts(folder: string): boolean {
  const maker = makerOf(folder);
  if (existsSync(maker)) return isRunning(parsed<ProcessIdentity>(readFileSync(maker, 'utf8')));
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - made < UNSIGNED_COUNTS_MS;
}

const makerOf = (folder: string): string => join(folder, 'maker.json');

/** Without a host: on every address, as a development server that would be hidden by ours may do. */
async function canListen(port: number, host?: string): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
