import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { AmbiguousSend, ProviderRefuses, ProviderUnavailable, withIdempotencyKey } from '@app/messaging';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Mail } from './mail';
import { MailNotSent } from './mail-not-sent.error';
import { MailRefused } from './mail-refused.error';
import { SmtpMailer } from './smtp-mailer';

const MAIL: Mail = {
  to: { name: 'Ada Lovelace', address: 'ada@example.com' },
  subject: 'Hello',
  text: 'Hello Ada',
  html: '<p>Hello Ada</p>',
};

const base64 = (content: string) => Buffer.from(content).toString('base64');
const answer = (responseCode: number) => Object.assign(new Error('as the test wants it'), { responseCode });

describe(SmtpMailer.name, () => {
  let server: SMTPServer;
  let sut: SmtpMailer;
  let sockets: Set<Socket>;
  let received: { recipients: string[]; source: string }[];

  /** A real SMTP server that takes every mail, apart from what the options change. */
  async function startServer(options: SMTPServerOptions = {}): Promise<string> {
    server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, { envelope }, done) => {
        const recipients = envelope.rcptTo.map(({ address }) => address);
        void text(stream).then((source) => {
          received.push({ recipients, source });
          done();
        });
      },
      ...options,
    });
    server.on('error', () => undefined);
    server.server.on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.server.address();
    return typeof address === 'object' ? `127.0.0.1:${address?.port}` : '';
  }

  const cut = () => sockets.forEach((socket) => socket.destroy());
  const connect = (host: string, sendsAtOnce = 10) =>
    new SmtpMailer({ smtpUrl: `smtp://${host}`, mailFrom: 'shop@example.com' }, { sendsAtOnce });
  const send = (mail: Partial<Mail> = {}, key = 'event-1') =>
    withIdempotencyKey(key, () => sut.send({ ...MAIL, ...mail }));

  beforeEach(() => {
    sockets = new Set();
    received = [];
  });

  afterEach(async () => {
    sut.onApplicationShutdown();
    await new Promise<void>((closed) => server.close(closed));
  });

  it('sends both parts to the one recipient, under an id made from the event', async () => {
    sut = connect(await startServer());

    await send();

    const [mail] = received;
    expect(received).toHaveLength(1);
    expect(mail?.recipients).toEqual(['ada@example.com']);
    expect(mail?.source).toMatch(
      /^From: shop@example\.com\r\nTo: Ada Lovelace <ada@example\.com>\r\nSubject: Hello\r\n/,
    );
    expect(mail?.source).toContain('\r\nMessage-ID: <event-1@order-events.example>\r\n');
    expect(mail?.source).toContain(`\r\n\r\n${base64('Hello Ada')}\r\n`);
    expect(mail?.source).toContain(`\r\n\r\n${base64('<p>Hello Ada</p>')}\r\n`);
  });

  it('sends every mail over the connections that it may open, which stay open', async () => {
    sut = connect(await startServer(), 2);

    await Promise.all(Array.from({ length: 250 }, (_, mail) => send({}, `event-${mail}`)));

    expect(received).toHaveLength(250);
    expect(sockets.size).toBe(2);
  });

  it('hands a mail over in one piece', async () => {
    sut = connect(await startServer());
    await send();
    const pieces: string[] = [];
    sockets.forEach((socket) => socket.on('data', (piece) => pieces.push(String(piece))));

    await send({ text: '€ 1\r\n.\r\n', html: `<p>${'long '.repeat(100)}</p>` });

    expect(received).toHaveLength(2);
    expect(pieces.filter((piece) => /^(From|Content-Type|--)/m.test(piece))).toHaveLength(1);
  });

  it.each([
    [550, MailRefused],
    [451, MailNotSent],
    [421, ProviderRefuses],
    [530, ProviderUnavailable],
  ])('the recipient answered with %d: %p', async (responseCode, failure) => {
    sut = connect(await startServer({ onRcptTo: (_address, _session, done) => done(answer(responseCode)) }));

    await expect(send()).rejects.toThrow(failure);
  });

  it.each([421, 451, 550])(
    'an answer %d that repeats the address: nothing that is logged does',
    async (responseCode) => {
      const refusal = Object.assign(new Error('5.1.1 <ada@example.com>: no mails'), { responseCode });
      sut = connect(await startServer({ onRcptTo: (_address, _session, done) => done(refusal) }));

      const failure: unknown = await send().catch((error: unknown) => error);

      expect(inspect(failure)).toContain(`${responseCode} 5.1.1 <…>: no mails`);
      expect(inspect(failure)).not.toContain('ada@');
    },
  );

  it.each([
    [554, MailRefused],
    [452, MailNotSent],
  ])('the message answered with %d: %p', async (responseCode, failure) => {
    const onData: SMTPServerOptions['onData'] = (stream, _session, done) =>
      stream.on('end', () => done(answer(responseCode))).resume();
    sut = connect(await startServer({ onData }));

    await expect(send()).rejects.toThrow(failure);
  });

  it.each([
    [550, MailNotSent],
    [552, MailRefused],
  ])('the sender answered with %d: %p', async (responseCode, failure) => {
    sut = connect(
      await startServer({ onMailFrom: (_address, _session, done) => done(answer(responseCode)) }),
    );

    await expect(send()).rejects.toThrow(failure);
  });

  describe('a server that takes no mail at all is unavailable, and a probe says so too', () => {
    /** At the same time, since each waits for what never comes. */
    const isUnavailable = async (): Promise<void> => {
      await Promise.all([
        expect(send()).rejects.toThrow(ProviderUnavailable),
        expect(sut.probe()).rejects.toThrow(),
      ]);
    };

    it('since it wants other credentials', async () => {
      const host = await startServer({
        disabledCommands: ['STARTTLS'],
        onAuth: (_auth, _session, done) => done(answer(535)),
      });
      sut = connect(`ada:wrong@${host}`);

      await isUnavailable();
    });

    it.each([421, 554])('since it greets with %d', async (responseCode) => {
      sut = connect(await startServer({ onConnect: (_session, done) => done(answer(responseCode)) }));

      await isUnavailable();
    });

    it('since it closes each connection before it greets', async () => {
      sut = connect(await startServer({ onConnect: cut }));

      await isUnavailable();
    });

    it('since it never greets', async () => {
      sut = connect(await startServer({ onConnect: () => undefined }));

      await isUnavailable();
    }, 20_000);

    it('since nothing listens there', async () => {
      sut = connect(await startServer());
      await new Promise<void>((closed) => server.close(closed));

      await isUnavailable();
    });

    it('since it was stopped, and cannot be reached over the connection that stood open either', async () => {
      sut = connect(await startServer());
      await send();
      cut();
      await new Promise<void>((closed) => server.close(closed));

      await isUnavailable();
    });
  });

  it('a probe says hello and sends nothing', async () => {
    sut = connect(await startServer());

    await sut.probe();

    expect(received).toEqual([]);
    expect(sockets.size).toBe(1);
  });

  it('a connection that breaks before the message has not sent it', async () => {
    sut = connect(await startServer({ onRcptTo: cut }));

    await expect(send()).rejects.toThrow(MailNotSent);
  });

  it('a connection that breaks after the message leaves it open; the repeat carries the same id', async () => {
    let taken = '';
    const onData: SMTPServerOptions['onData'] = (stream, _session, done) =>
      void text(stream).then((source) => {
        if (taken) done();
        else cut();
        taken += source;
      });
    sut = connect(await startServer({ onData }));

    await expect(send()).rejects.toThrow(AmbiguousSend);
    await send();

    expect(taken.match(/^Message-ID: .*$/gm)).toEqual(
      Array(2).fill('Message-ID: <event-1@order-events.example>'),
    );
  });

  it('notices that the server closed an idle connection, and sends over a new one', async () => {
    sut = connect(await startServer());
    await send({}, 'event-1');
    cut();

    await send({}, 'event-2');

    expect(received).toHaveLength(2);
  });

  it.each([
    'b@x.io\r\nBcc: evil@x.io',
    '"b\r\nBcc: evil@x.io"@x.io',
    '"b>\r\nRCPT TO:<evil@x.io"@x.io',
    '"b,evil@x.io"@x.io',
    'b@x.io,evil@x.io',
    'b@x.io, <evil@x.io>',
    'B <b@x.io>',
    '',
  ])('no mail is sent to the address %j', async (address) => {
    sut = connect(await startServer());

    await expect(send({ to: { address } })).rejects.toThrow(MailRefused);

    expect(received).toEqual([]);
  });

  it('a line break in the name, the subject or the key adds neither header nor recipient', async () => {
    sut = connect(await startServer());
    const evil = '\r\nBcc: evil@x.io\r\n\r\n';

    await send({ to: { ...MAIL.to, name: `Ada${evil}` }, subject: `Hello${evil}` }, `event-1${evil}`);

    expect(received.map(({ recipients }) => recipients)).toEqual([['ada@example.com']]);
    expect(received[0]?.source).not.toMatch(/^Bcc:/m);
    expect(received[0]?.source).not.toContain('<evil@x.io>');
  });
});
