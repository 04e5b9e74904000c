import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below every system's range for outgoing connections: one of those must not sit on the port of a server that restarts. */
const FREE_PORTS: readonly [number, number] = [20_000, 30_000];

/** Two servers that start together must not be given the same port. */
const given = new Set<number>();

/** A port that nothing listens on, and that this process has not given away before. */
export async function freePort(): Promise<number> {
  const port = randomInt(...FREE_PORTS);
  return (await take(port)) ? port : freePort();
}

/** The preferred port where it is free, else the next free one above it. */
export async function portFrom(preferred: number): Promise<number> {
  return (await take(preferred)) ? preferred : portFrom(preferred + 1);
}

async function take(port: number): Promise<boolean> {
  if (given.has(port)) return false;
  given.add(port);
  if ((await canListen(port, '127.0.0.1')) && (await canListen(port))) return true;
  given.delete(port);
  return false;
}

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
