import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { SmsGatewayModule } from '../sms-gateway.module';
import { MessagesController } from './messages.controller';

const MESSAGES = '/2010-04-01/Accounts/AC1/Messages.json';
const FORM = { To: '+15558675310', From: '+15557122661', Body: 'Hello & good bye' };

describe(MessagesController.name, () => {
  let app: NestFastifyApplication;

  beforeEach(async () => {
    const module = await Test.createTestingModule({ imports: [SmsGatewayModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
  });

  afterEach(() => app.close());

  const send = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: MESSAGES,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(form).toString(),
    });
  const list = (query = '') => app.inject({ method: 'GET', url: MESSAGES + query });

  it('shows an account, whichever it is', async () => {
    const response = await app.inject({ method: 'GET', url: '/2010-04-01/Accounts/AC1.json' });

    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ sid: 'AC1', status: 'active' });
  });

  it('accepts a message as Twilio does, and shows the idempotency key that came with it', async () => {
    const response = await send(FORM, { authorization: 'Basic YTpi', 'idempotency-key': 'event-1' });

    expect(response.statusCode).toBe(201);
    expect(response.json()).toMatchObject({
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      account_sid: 'AC1',
      status: 'queued',
      to: FORM.To,
      from: FORM.From,
      body: FORM.Body,
      date_created: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/),
      idempotency_key: 'event-1',
    });
  });

  it.each([
    ['no number', { From: FORM.From, Body: 'x' }, 21604],
    ['a number that is none', { ...FORM, To: 'Ada' }, 21211],
    ['no sender', { To: FORM.To, Body: 'x' }, 21603],
    ['no body', { To: FORM.To, From: FORM.From }, 21602],
    ['a body that is too long', { ...FORM, Body: 'x'.repeat(1601) }, 21617],
  ])('refuses %s with the code that Twilio has for it', async (_, form: Record<string, string>, code) => {
    const response = await send(form);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toEqual({
      code,
      message: expect.any(String),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: 400,
    });
    expect((await list()).json()).toMatchObject({ messages: [] });
  });

  it('lists newest first, and keeps repeats under the same key', async () => {
    for (const Body of ['one', 'two', 'two']) await send({ ...FORM, Body }, { 'idempotency-key': Body });
    await send({ ...FORM, To: '+15550000001', Body: 'other' });

    const bodies = async (query: string) => {
      const { messages } = (await list(query)).json<{ messages: { body: string }[] }>();
      return messages.map(({ body }) => body);
    };

    expect(await bodies('')).toEqual(['other', 'two', 'two', 'one']);
    expect(await bodies(`?To=${encodeURIComponent(FORM.To)}&PageSize=2`)).toEqual(['two', 'two']);
  });

  it('refuses a page of more than a million', async () => {
    expect((await list('?PageSize=1000001')).statusCode).toBe(400);
  });
});
