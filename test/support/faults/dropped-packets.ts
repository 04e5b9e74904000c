import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The kernel still takes a connection more than this for a process that takes none itself, and drops the packets of all others. */
const BACKLOG = 1;

/** Listens, says where, and hangs. */
const LISTENING = `
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: ${BACKLOG} }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    process.kill(process.pid, 'SIGSTOP');
  });`;

/** A port behind which all packets are dropped: who connects gets no answer, not even that it is refused. Linux alone does this. */
export async function portThatDropsPackets(): Promise<{ port: number; close: () => void }> {
  const listening = spawn(process.execPath, ['-e', LISTENING], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said]: Buffer[] = await once(listening.stdout, 'data');
  const port = Number(said);
  const taken: Socket[] = [];
  for (let count = 0; count <= BACKLOG; count += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    taken.push(socket);
  }
  const close = (): void => {
    taken.forEach((socket) => socket.destroy());
    listening.kill('SIGKILL');
  };
  return { port, close };
}
