import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, portFrom } from './ports';

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

  describe('where another launcher has claimed the preferred port and does not listen yet', () => {
    const claimedBy = async (pid: number): Promise<number> => {
      const port = await unused();
      const claim = join(tmpdir(), `order-events-ports-${userInfo().uid}`, String(port));
      mkdirSync(claim, { recursive: true });
      writeFileSync(join(claim, 'pid'), String(pid));
      return port;
    };

    it('gives a later one', async () => {
      const preferred = await claimedBy(process.ppid);
      await expect(portFrom(preferred)).resolves.toBeGreaterThan(preferred);
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
