import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { MessageStore } from '../messages/message-store';
import { SmsGatewayModule } from '../sms-gateway.module';
import { FaultsController } from './faults.controller';

const MESSAGES = '/2010-04-01/Accounts/AC1/Messages.json';

describe(FaultsController.name, () => {
  let app: NestFastifyApplication;
  let url: string;

  beforeEach(async () => {
    const module = await Test.createTestingModule({ imports: [SmsGatewayModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });

  afterEach(() => app.close());

  const put = (fault: object) =>
    fetch(`${url}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
  const send = (To = '+15558675310') =>
    fetch(url + MESSAGES, {
      method: 'POST',
      body: new URLSearchParams({ To, From: '+15557122661', Body: 'Hello' }),
    });
  const recorded = () => app.get(MessageStore).list('AC1').length;

  it('answers with an error as often as asked, then works again', async () => {
    await put({ kind: 'error', status: 429, retryAfterSeconds: 7, times: 1 });

    const refused = await send();

    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('7');
    expect(await refused.json()).toMatchObject({ code: 20429, message: 'Too Many Requests', status: 429 });
    expect(recorded()).toBe(0);
    expect((await send()).status).toBe(201);
  });

  it('drops the connection before the message is recorded, until the fault is cleared', async () => {
    await put({ kind: 'drop' });

    await expect(send()).rejects.toThrow('fetch failed');
    await expect(send()).rejects.toThrow('fetch failed');
    expect(recorded()).toBe(0);

    await fetch(`${url}/faults`, { method: 'DELETE' });
    expect((await send()).status).toBe(201);
  });

  it.each([{ kind: 'drop' }, { kind: 'error' }])(
    'records the message before $kind when asked',
    async (fault) => {
      await put({ ...fault, times: 1, afterAccepting: true });

      const status = await send().then(
        (response) => response.status,
        () => 'no answer',
      );

      expect(status).toBe(fault.kind === 'drop' ? 'no answer' : 500);
      expect(recorded()).toBe(1);
    },
  );

  it('answers late', async () => {
    await put({ kind: 'delay', delayMs: 200 });
    const start = performance.now();

    expect((await send()).status).toBe(201);

    expect(performance.now() - start).toBeGreaterThan(190);
  });

  it('breaks for one number alone when asked', async () => {
    await put({ kind: 'error', to: '+15550000001', times: 1 });

    expect((await send()).status).toBe(201);
    expect((await send('+15550000001')).status).toBe(500);
    expect((await send('+15550000001')).status).toBe(201);
  });

  it('shows the fault in force with the times that are left', async () => {
    await put({ kind: 'error', times: 2 });
    await send();
    expect(await (await fetch(`${url}/faults`)).json()).toMatchObject({ fault: { kind: 'error', times: 1 } });

    await send();
    expect(await (await fetch(`${url}/faults`)).json()).toEqual({ fault: null });
  });

  it.each([{ kind: 'fire' }, { kind: 'error', status: 200 }, { kind: 'delay' }, { kind: 'drop', retry: 1 }])(
    'refuses %j',
    async (fault) => {
      expect((await put(fault)).status).toBe(400);
    },
  );
});
