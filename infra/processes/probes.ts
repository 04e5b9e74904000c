import { once } from 'node:events';
import { createConnection } from 'node:net';

const PROBE_TIMEOUT_MS = 2_000;

/** @see https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf, 4.2.2 */
const AMQP_PROTOCOL_HEADER = Buffer.from('AMQP\0\0\x09\x01', 'latin1');

/** Whether a broker on this machine takes clients on the port. A port that is forwarded takes connections before there is one. */
export async function answersAmqp(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1', timeout: PROBE_TIMEOUT_MS });
  socket.once('timeout', () => socket.destroy(new Error('timeout')));
  socket.write(AMQP_PROTOCOL_HEADER);
  try {
    await Promise.race([
      once(socket, 'data'),
      once(socket, 'end').then(() => Promise.reject(new Error('closed'))),
    ]);
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
