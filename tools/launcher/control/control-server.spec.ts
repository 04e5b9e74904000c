import type { ControlAddress } from '../suite/suite-file';
import { ControlServer } from './control-server';

describe(ControlServer.name, () => {
  let address: ControlAddress;
  let sut: ControlServer;

  beforeEach(async () => {
    sut = new ControlServer((words) =>
      words[0] === 'explode' ? Promise.reject(new Error('No.')) : Promise.resolve(words),
    );
    address = await sut.open();
  });

  afterEach(() => sut.close());

  const send = async (body: string, token = address.token): Promise<[number, unknown]> => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(address.url, { method: 'POST', headers, body });
    return [response.status, await response.json()];
  };

  it('does what it is told, and answers with what came of it', async () => {
    expect(await send('["stop","sms"]')).toEqual([200, { answer: ['stop', 'sms'] }]);
  });

  it('says what went wrong', async () => {
    expect(await send('["explode"]')).toEqual([400, { error: 'No.' }]);
  });

  it.each(['{}', '"stop"', '[1]'])('takes no %s for a command', async (body) => {
    expect(await send(body)).toEqual([400, { error: 'A command is a list of words.' }]);
  });

  it('refuses a command without its token', async () => {
    for (const token of ['', 'x', '0'.repeat(64)])
      expect(await send('["stop"]', token)).toEqual([401, { error: 'The token is wrong.' }]);
  });

  it('listens on this machine only', () => {
    expect(new URL(address.url).hostname).toBe('127.0.0.1');
  });
});
