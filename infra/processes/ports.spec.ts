import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, portFrom } from './ports';
import { startOf } from './process-table';

describe('ports', () => {
  const servers: Server[] = [];

  const listenOn = async (port: number, host: string): Promise<void> => {
    const server = createServer().listen(port, host);
    servers.push(server);
    await once(server, 'listening');
  };

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('gives every caller another port', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, freePort));
    expect(new Set(ports).size).toBe(20);
  });

  it('gives a port that can be listened on', async () => {
    await expect(listenOn(await freePort(), '127.0.0.1')).resolves.toBeUndefined();
  });

  it('gives the preferred port where it is free', async () => {
    const preferred = await unused();
    await expect(portFrom(preferred)).resolves.toBe(preferred);
  });

  it.each(['127.0.0.1', '0.0.0.0'])(
    'gives a later port where the preferred one is taken on %s',
    async (host) => {
      const preferred = await unused();
      await listenOn(preferred, host);
      await expect(portFrom(preferred)).resolves.toBeGreaterThan(preferred);
    },
  );

  describe('where another launcher has claimed the preferred port and does not listen', () => {
    const claimOf = (port: number): string =>
      join(tmpdir(), `order-events-ports-${userInfo().uid}`, String(port));

    const claimedBy = async (pid: number, started = startOf(pid) ?? 'before'): Promise<number> => {
      const port = await unused();
      mkdirSync(claimOf(port), { recursive: true });
      writeFileSync(join(claimOf(port), 'maker.json'), JSON.stringify({ pid, started }));
      return port;
    };

    it('gives a later one', async () => {
      const preferred = await claimedBy(process.ppid);
      await expect(portFrom(preferred)).resolves.toBeGreaterThan(preferred);
    });

    it('gives a later one for as long as that launcher runs: its server may be away, and come back on this port', async () => {
      const preferred = await claimedBy(process.ppid);
      const yesterday = Date.now() / 1_000 - 86_400;
      utimesSync(claimOf(preferred), yesterday, yesterday);
      await expect(portFrom(preferred)).resolves.toBeGreaterThan(preferred);
    });

    it('gives it when another process has got the pid of that launcher', async () => {
      const preferred = await claimedBy(process.ppid, 'earlier');
      await expect(portFrom(preferred)).resolves.toBe(preferred);
    });

    it('gives it when that launcher has ended', async () => {
      const preferred = await claimedBy(spawnSync('true').pid);
      await expect(portFrom(preferred)).resolves.toBe(preferred);
    });
  });
});

/** A port that the subject has not given away. */
async function unused(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
