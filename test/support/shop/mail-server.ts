import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { freePort } from '../../../infra/processes/ports';
import { ActiveMailFault, type MailFault } from './mail-fault';
import { target } from './target';
import { eventIdOf, type Mails, type Notification } from './notifications';

const MAILBOX_UNAVAILABLE = 550;

/** There is no such mailbox: the server refuses mails to it for good. */
export const NOBODY = 'nobody@example.com';

/** A mail that was taken whole, whatever was answered. */
export interface ReceivedMail extends Notification {
  readonly at: number;
}

type Done = (error?: Error) => void;

/** A mail server that a test can stop, start and break, and that refuses mails to `NOBODY`. Keeps the mails that it was given. */
export class MailServer implements Mails {
  readonly received: ReceivedMail[] = [];
  private readonly receivedIds = new Set<string>();
  /** By the client's port, which a session knows too. */
  private readonly sockets = new Map<number, Socket>();
  private server?: SMTPServer;
  private readonly fault = new ActiveMailFault();

  private constructor(private readonly port: number) {}

  static async start(): Promise<MailServer> {
    const mails = new MailServer(await freePort());
    await mails.start();
    return mails;
  }

  get url(): string {
    return `smtp://${nameHere()}:${this.port}`;
  }

  /** How many mails have met the fault that was last set. */
  get struck(): number {
    return this.fault.struck;
  }

  /** Always on the same port. */
  async start(): Promise<void> {
    this.server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onRcptTo: ({ address }, session, done) => {
        const fault = this.fault.take(address, false);
        if (fault !== undefined) this.strike(fault, session, done);
        else done(address === NOBODY ? answer(MAILBOX_UNAVAILABLE) : undefined);
      },
      // A mail that breaks off, since its sender was killed, was never received.
      onData: (stream, session, done) => void this.receive(stream, session, done).catch(() => undefined),
    });
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket: Socket) => this.remember(socket));
    await once(this.server.listen(this.port, addressHere()), 'listening');
  }

  /** Also ends the connections that stand open. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server !== undefined) await new Promise<void>((closed) => server.close(closed));
  }

  /** From now on, until `repair`. */
  breakWith(fault: MailFault): void {
    this.fault.set(fault);
  }

  repair(): void {
    this.fault.clear();
  }

  all(): Promise<readonly Notification[]> {
    return Promise.resolve(this.received);
  }

  private async receive(...[stream, session, done]: Parameters<OnData>): Promise<void> {
    const to = session.envelope.rcptTo.map(({ address }) => address).join();
    const mail = { ...headersOf(await text(stream)), to, at: Date.now() };
    const isRepeat = this.receivedIds.has(mail.eventId);
    this.receivedIds.add(mail.eventId);
    this.received.push(mail);
    const fault = isRepeat ? undefined : this.fault.take(to, true);
    if (fault === undefined) done();
    else this.strike(fault, session, done);
  }

  private strike({ kind, code, delayMs }: MailFault, { remotePort }: SMTPServerSession, done: Done): void {
    if (kind === 'error') done(answer(code ?? MAILBOX_UNAVAILABLE));
    if (kind === 'drop') this.sockets.get(remotePort)?.destroy();
    if (kind === 'delay') setTimeout(done, delayMs);
  }

  private remember(socket: Socket): void {
    const { remotePort = 0 } = socket;
    this.sockets.set(remotePort, socket);
    socket.on('close', () => this.sockets.delete(remotePort));
  }
}

/** Containers reach it by the name that Docker has for this machine, on whichever address that is. */
const nameHere = (): string => (target() === 'local' ? '127.0.0.1' : 'host.docker.internal');
const addressHere = (): string => (target() === 'local' ? '127.0.0.1' : '0.0.0.0');

type OnData = NonNullable<SMTPServerOptions['onData']>;

const answer = (responseCode: number): Error =>
  Object.assign(new Error('As the test wants it'), { responseCode });

function headersOf(source: string): Pick<Notification, 'eventId' | 'title'> {
  const [head = ''] = source.replace(/\r\n[ \t]+/g, ' ').split('\r\n\r\n', 1);
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  return { eventId: eventIdOf(header('Message-ID')), title: header('Subject') };
}
