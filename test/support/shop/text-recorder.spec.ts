import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../../../infra/processes/ports';
import { TextRecorder } from './text-recorder';

describe('TextRecorder', () => {
  const gateway = createServer((request, response) => response.writeHead(200).end(request.method));
  let recorder: TextRecorder;

  beforeAll(async () => {
    const port = await freePort();
    await once(gateway.listen(port, '127.0.0.1'), 'listening');
    recorder = await TextRecorder.start();
    recorder.passOnTo(`http://127.0.0.1:${port}`);
  });

  afterAll(async () => {
    await recorder.stop();
    gateway.close();
  });

  it('passes on reads too: by one, a service finds out whether the gateway is back', async () => {
    const answer = await fetch(`${recorder.url}/2010-04-01/Accounts/AC1.json`);

    expect(await answer.text()).toBe('GET');
  });
});
