import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { withDeadline } from './with-deadline';

/** A provider in a process of its own, so that it answers while this one is held up. It answers `/` and nothing else. */
const PROVIDER = `
  const server = require('node:http').createServer((request, response) => {
    if (request.url === '/') response.end('taken');
  }).listen(0, '127.0.0.1', () => console.log(server.address().port));`;

const LIMIT_MS = 1_000;

describe(withDeadline.name, () => {
  const provider = spawn(process.execPath, ['-e', PROVIDER], { stdio: ['ignore', 'pipe', 'inherit'] });
  let port: number;
  beforeAll(async () => {
    const [said]: Buffer[] = await once(provider.stdout, 'data');
    port = Number(said);
  });
  afterAll(() => provider.kill());

  /** Resolves with the answer; `sent` is called when the request has left. */
  const ask = (path: string, sent = (): void => undefined): Promise<string> =>
    withDeadline(LIMIT_MS, async (signal) => {
      const asking = request({ host: '127.0.0.1', port, path, signal, agent: false }).end();
      asking.once('socket', (socket) => socket.once('connect', () => setImmediate(sent)));
      const [response]: IncomingMessage[] = await once(asking, 'response');
      return response === undefined ? '' : text(response);
    });

  /** Nothing else runs in this process meanwhile, as when its host holds it up. */
  const holdUp = (): void =>
    void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1.5 * LIMIT_MS);

  it('answers as the provider does', () => expect(ask('/')).resolves.toBe('taken'));

  it('ends a call without an answer', () => expect(ask('/silence')).rejects.toThrow('aborted'));

  it('takes an answer that came while the process was held up', () =>
    expect(ask('/', holdUp)).resolves.toBe('taken'));
});
