import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
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
});

/** A port that the subject has not given away. */
async function unused(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
