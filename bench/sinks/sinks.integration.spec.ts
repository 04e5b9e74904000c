import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { freePort } from '../../infra/processes/ports';

describe('sinks', () => {
  let sinks: ChildProcess;
  let smtp: number;
  let http: string;

  beforeAll(async () => {
    smtp = await freePort();
    const port = await freePort();
    http = `http://127.0.0.1:${port}`;
    sinks = spawn(process.execPath, [join(__dirname, 'sinks.mjs'), String(smtp), String(port)]);
    if (sinks.stdout !== null) await once(sinks.stdout, 'data');
  });

  afterAll(async () => {
    sinks.kill();
    await once(sinks, 'exit');
  });

  const counts = async (): Promise<unknown> => (await fetch(http)).json();

  it('takes mails over connections that stay open, and counts each once', async () => {
    const transport = createTransport({ pool: true, maxConnections: 2, host: '127.0.0.1', port: smtp });
    const mail = {
      from: 'shop@example.com',
      to: 'ada@example.com',
      subject: 'One',
      text: 'First.\n.\n..\nLast.',
    };
    await Promise.all(Array.from({ length: 20 }, () => transport.sendMail(mail)));
    transport.close();
    expect(await counts()).toEqual({ mails: 20, texts: 0 });
  });

  it('takes texts as Twilio does', async () => {
    const url = `${http}/2010-04-01/Accounts/AC0/Messages.json`;
    const body = new URLSearchParams({ To: '+4915112345678', Body: 'One' });
    const answer = await fetch(url, { method: 'POST', body });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ status: 'queued' });
    expect(await counts()).toEqual({ mails: 20, texts: 1 });
  });
});
