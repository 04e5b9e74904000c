import { once } from 'node:events';
import { createConnection } from 'node:net';

const PROBE_TIMEOUT_MS = 2_000;

/** Whether something on this machine accepts TCP connections on the port. */
export async function acceptsConnections(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1', timeout: PROBE_TIMEOUT_MS });
  socket.once('timeout', () => socket.destroy(new Error('timeout')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Whether a GET is answered, and with that status where one is wanted. */
export async function answersHttp(url: string, status?: number): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    await response.body?.cancel();
    return status === undefined || response.status === status;
  } catch {
    return false;
  }
}
