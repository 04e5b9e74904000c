import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { EMAIL_TASKS, EmailTask, ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { SentMessages } from '@app/messaging';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { OutageWatch, shortenPauses } from '../../../../test/support/outage-watch';
import { EmailTasks } from './email-tasks.worker';
import { Mailer } from './mailer';
import { OrderEmails } from './order-emails.subscriber';
import { SmtpConfig } from './smtp.config';
import { SmtpMailer } from './smtp-mailer';

/** The whole retry ladder takes 0.6 s. Before the third probe there are pauses of 0.25, 0.5 and 1 s. */
const RETRY_DELAYS_MS = '200,400';
const PROBES = 3;

const NOBODY = 'nobody@example.com';

/** The server closes the connection whenever it is named. */
const UNWELCOME = 'unwelcome@example.com';

const ANSWERS: Readonly<Record<string, number>> = { [NOBODY]: 550, [UNWELCOME]: 421 };

type Hooks = Pick<Required<SMTPServerOptions>, 'onConnect' | 'onAuth' | 'onRcptTo'>;

const answer = (responseCode: number) => Object.assign(new Error('as the test wants it'), { responseCode });

const WELL: Hooks = {
  onConnect: (_session, done) => done(),
  onAuth: (_login, _session, done) => done(null, { user: 'ada' }),
  onRcptTo: ({ address }, _session, done) => {
    const responseCode = ANSWERS[address];
    done(responseCode === undefined ? null : answer(responseCode));
  },
};

/** A mail server that wants a login, and that each test breaks in its own way. */
class BreakableServer {
  readonly recipients: string[] = [];
  /** Whether it answers when it has taken a mail. */
  answers = true;
  private hooks = WELL;
  private port = 0;
  private readonly sockets = new Set<Socket>();
  private server: SMTPServer;

  async start(): Promise<void> {
    this.server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      closeTimeout: 10,
      onConnect: (session, done) => this.hooks.onConnect(session, done),
      onAuth: (login, session, done) => this.hooks.onAuth(login, session, done),
      onRcptTo: (address, session, done) => this.hooks.onRcptTo(address, session, done),
      onData: (stream, { envelope }, done) =>
        void text(stream).then(() => {
          this.recipients.push(...envelope.rcptTo.map(({ address }) => address));
          if (this.answers) done();
        }),
    });
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket: Socket) => this.sockets.add(socket));
    await new Promise<void>((listening) => this.server.listen(this.port, '127.0.0.1', listening));
    const address = this.server.server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }

  get url(): string {
    return `smtp://ada:secret@127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((closed) => this.server.close(closed));
  }

  /** For those who are connected, too. */
  breakWith(hooks: Partial<Hooks>): void {
    this.breakForNewcomers(hooks);
    this.cut();
  }

  breakForNewcomers(hooks: Partial<Hooks>): void {
    this.hooks = { ...WELL, ...hooks };
  }

  repair(): void {
    this.hooks = WELL;
    this.answers = true;
  }

  private cut(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.sockets.clear();
  }
}

describe('A mail server that is away', () => {
  const server = new BreakableServer();
  let harness: MessagingHarness;
  let watch: OutageWatch;

  beforeAll(async () => {
    shortenPauses();
    await server.start();
    const smtp: SmtpConfig = { smtpUrl: server.url, mailFrom: 'shop@example.com' };
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      worksOn: EmailTask,
      receiver: SentMessages,
      environment: { RETRY_DELAYS_MS },
      handlers: [
        OrderEmails,
        EmailTasks,
        { provide: SmtpConfig, useValue: smtp },
        { provide: Mailer, useClass: SmtpMailer },
      ],
    });
    watch = await OutageWatch.of(harness, ['email.order_events', EMAIL_TASKS]);
    await watch.untilConsuming();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await harness.close();
    await server.stop();
  });
  beforeEach(async () => {
    server.repair();
    server.recipients.length = 0;
    await watch.forget();
  });

  const order = (email = `${randomUUID()}@example.com`): string => {
    const event = orderConfirmed();
    harness.send(OrderConfirmed, { ...event, customer: { ...event.customer, email } });
    return email;
  };
  const orders = (count: number): string[] => Array.from({ length: count }, () => order());
  const task = (): string => {
    const to = `${randomUUID()}@example.com`;
    const content = Buffer.from(JSON.stringify({ to, subject: 'Hello', content: 'Hello' }));
    harness.channel.sendToQueue(EMAIL_TASKS, content, { messageId: randomUUID(), persistent: true });
    return to;
  };
  const wereSentOnce = (recipients: readonly string[]) =>
    eventually(() => expect([...server.recipients].sort()).toEqual([...recipients].sort()), {
      within: 60_000,
    });

  it.each<[string, () => unknown, () => unknown]>([
    ['refuses connections', () => server.stop(), () => server.start()],
    [
      'greets with 421',
      () => server.breakWith({ onConnect: (_, done) => done(answer(421)) }),
      () => server.repair(),
    ],
    ['never greets', () => server.breakWith({ onConnect: () => undefined }), () => server.repair()],
    [
      'refuses the login',
      () => server.breakWith({ onAuth: (_login, _session, done) => done(answer(535)) }),
      () => server.repair(),
    ],
  ])(
    '%s: email pauses, no attempt counts, and each mail is sent once when it is back',
    async (_, begin, end) => {
      await begin();
      const recipients = [...orders(12), task(), task()];
      await watch.untilPaused();
      await expect(watch.health()).resolves.toBe('degraded');
      await watch.untilProbed(PROBES);
      expect(await watch.failedAttempts()).toEqual(recipients.map(() => 0));

      await end();
      await wereSentOnce(recipients);
      await watch.untilConsuming();
      await expect(watch.deadLetters()).resolves.toEqual([0, 0]);
      await expect(watch.health()).resolves.toBe('up');
      expect(await watch.alerts()).toEqual(['PROVIDER_AWAY', 'PROVIDER_BACK']);
      expect(harness.log.filter((line) => /is away, nothing|answers again/.test(line))).toHaveLength(2);
      expect(harness.log.join('\n')).not.toContain('failed, next attempt');
    },
  );

  it('answers 451 to everyone, and greets: one mail is tried after each probe, and none is given up', async () => {
    let tried = 0;
    server.breakWith({
      onRcptTo: (_address, _session, done) => {
        tried += 1;
        done(answer(451));
      },
    });
    const recipients = orders(12);
    await watch.untilBegun(PROBES + 1);
    await watch.untilPaused();
    // Each of them at first, one after each probe, and one whose outage has not begun yet.
    expect(tried).toBeLessThanOrEqual(recipients.length + watch.timesBegun() + 1);
    await expect(watch.deadLetters()).resolves.toEqual([0, 0]);
    expect(Math.max(...(await watch.failedAttempts()))).toBeLessThanOrEqual(1);

    server.repair();
    await wereSentOnce(recipients);
    await expect(watch.deadLetters()).resolves.toEqual([0, 0]);
  });

  it('takes mails and does not answer: that costs each an attempt, and each is sent once more when it is back', async () => {
    server.answers = false;
    const recipients = orders(12);
    await wereSentOnce(recipients);
    server.breakForNewcomers({ onConnect: (_, done) => done(answer(421)) });
    await watch.untilPaused();
    await watch.untilProbed(PROBES);
    expect(await watch.failedAttempts()).toEqual(recipients.map(() => 1));

    server.recipients.length = 0;
    server.repair();
    await wereSentOnce(recipients);
    await expect(watch.deadLetters()).resolves.toEqual([0, 0]);
  });

  it('refuses one recipient again and again: those are dead letters, and the others go on', async () => {
    const recipients = Array.from({ length: 5 }, () => [
      order(),
      order(NOBODY),
      order(NOBODY),
      order(NOBODY),
    ]).flat();
    await wereSentOnce(recipients.filter((to) => to !== NOBODY));
    await eventually(async () => expect(await watch.deadLetters()).toEqual([15, 0]));
    await watch.untilConsuming();
    expect(await watch.alerts()).not.toContain('PROVIDER_AWAY');
  });

  it('closes the connection whenever it hears of one recipient: that is a dead letter, and the others go on', async () => {
    order(UNWELCOME);
    const recipients = orders(12);
    await wereSentOnce(recipients);
    await eventually(async () => expect(await watch.deadLetters()).toEqual([1, 0]));
    await watch.untilConsuming();
    expect(await watch.alerts()).not.toContain('PROVIDER_AWAY');
  });
});
