import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { AmbiguousSend, ProviderRefuses, ProviderUnavailable, withIdempotencyKey } from '@app/messaging';
import { TextNotSent } from './text-not-sent.error';
import { TextRefused } from './text-refused.error';
import { TwilioTextSender } from './twilio-text-sender';

const ACCOUNT = `AC${'0'.repeat(32)}`;

describe(TwilioTextSender.name, () => {
  let gateway: Server;
  let requests: {
    method?: string;
    url?: string;
    headers: IncomingHttpHeaders;
    form: Record<string, string>;
  }[];
  let sut: TwilioTextSender;

  /** A gateway of the test's own that records every request and answers as it is told. */
  async function startGateway(answer: RequestListener): Promise<void> {
    gateway = createServer((request, response) => {
      const { method, url, headers } = request;
      void text(request).then((body) => {
        requests.push({ method, url, headers, form: Object.fromEntries(new URLSearchParams(body)) });
        answer(request, response);
      });
    });
    await new Promise<void>((listening) => gateway.listen(0, '127.0.0.1', listening));
    const address = gateway.address();
    sut = connect(typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '');
  }

  const connect = (smsGatewayUrl: string) =>
    new TwilioTextSender({
      smsGatewayUrl,
      twilioAccountSid: ACCOUNT,
      twilioAuthToken: 'secret',
      smsFrom: '+15557122661',
    });
  const send = () =>
    withIdempotencyKey('event-1', () => sut.send({ to: '+15558675310', body: 'Hello & good bye' }));
  const answering =
    (status: number, body: object = {}, headers: Record<string, string> = {}): RequestListener =>
    (_request, response) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));

  beforeEach(() => {
    requests = [];
  });

  afterEach(() => {
    gateway.closeAllConnections();
    gateway.close();
  });

  it('posts the text to the account at the gateway, under the key of the event', async () => {
    await startGateway(answering(201, { sid: 'SM1', status: 'queued' }));

    await send();

    expect(requests).toEqual([
      {
        method: 'POST',
        url: `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
        headers: expect.objectContaining({
          authorization: `Basic ${Buffer.from(`${ACCOUNT}:secret`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
          'idempotency-key': 'event-1',
        }),
        form: { To: '+15558675310', From: '+15557122661', Body: 'Hello & good bye' },
      },
    ]);
  });

  it.each([
    [400, TextRefused],
    [410, TextRefused],
    [401, ProviderUnavailable],
    [403, ProviderRefuses],
    [404, ProviderRefuses],
    [408, TextNotSent],
    [429, TextNotSent],
    [307, TextNotSent],
    [500, TextNotSent],
    [503, TextNotSent],
  ])('an answer %d: %p, after one request', async (status, failure) => {
    await startGateway(
      answering(status, { code: 1, message: 'as the test wants it' }, { location: '/elsewhere' }),
    );

    const sending = send();

    await expect(sending).rejects.toThrow(failure);
    await expect(sending).rejects.toThrow(`${status} as the test wants it`);
    expect(requests).toHaveLength(1);
  });

  it('a probe reads the account, and sends nothing', async () => {
    await startGateway(answering(200, { sid: ACCOUNT, status: 'active' }));

    await sut.probe();

    expect(requests.map(({ method, url }) => [method, url])).toEqual([
      ['GET', `/2010-04-01/Accounts/${ACCOUNT}.json`],
    ]);
  });

  it.each([401, 429, 500])(
    'a probe that is answered with %d says that the gateway is away',
    async (status) => {
      await startGateway(answering(status));

      await expect(sut.probe()).rejects.toThrow(String(status));
    },
  );

  it('tells how long the gateway wants to be left alone', async () => {
    await startGateway(answering(429, {}, { 'retry-after': '7' }));

    await expect(send()).rejects.toMatchObject({ code: 'TEXT_NOT_SENT', status: 429, retryAfterSeconds: 7 });
  });

  it.each([400, 403, 500])(
    'an answer %d that repeats the number: nothing that is logged does',
    async (status) => {
      await startGateway(
        answering(status, { code: 21_211, message: "The 'To' number +15558675310 is none" }),
      );

      const failure: unknown = await send().catch((error: unknown) => error);

      expect(inspect(failure)).toContain(`${status} The 'To' number … is none`);
      expect(inspect(failure)).not.toContain('5558675310');
    },
  );

  it('a refusal that is not JSON is one all the same', async () => {
    await startGateway((_request, response) => response.writeHead(502).end('<html>Bad gateway</html>'));

    await expect(send()).rejects.toMatchObject({ code: 'TEXT_NOT_SENT', status: 502 });
  });

  it('a connection that breaks before the answer leaves it open, and gives away no token', async () => {
    await startGateway((request) => request.socket.destroy());

    const failure: unknown = await send().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(AmbiguousSend);
    expect(failure).not.toHaveProperty('cause');
  });

  it('an answer that breaks off leaves it open', async () => {
    await startGateway((request, response) => {
      response.writeHead(201, { 'content-length': 100 }).write('{', () => request.socket.destroy());
    });

    await expect(send()).rejects.toThrow(AmbiguousSend);
  });

  it('sends one text after the other over one connection', async () => {
    await startGateway(answering(201));
    const connected = jest.fn();
    gateway.on('connection', connected);

    await send();
    await send();

    expect(requests).toHaveLength(2);
    expect(connected).toHaveBeenCalledTimes(1);
  });

  it('a gateway that cannot be reached has not got the text', async () => {
    await startGateway(answering(201));
    await new Promise((closed) => gateway.close(closed));

    await expect(send()).rejects.toThrow(ProviderUnavailable);
    await expect(sut.probe()).rejects.toThrow(ProviderUnavailable);
  });
});
