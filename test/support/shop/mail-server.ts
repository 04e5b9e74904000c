import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { freePort } from '../../../tools/launcher/processes/ports';
import { target } from './target';
import { eventIdOf, type Mails, type Notification } from './notifications';

const MAILBOX_UNAVAILABLE = 550;

/** Nobody lives here: the server refuses mails to it for good. */
export const NOBODY = 'nobody@example.com';

/** A mail server that a test can take away and bring back, and that refuses what it shall refuse. Keeps what it was given. */
export class MailServer implements Mails {
  private readonly received: Notification[] = [];
  private server?: SMTPServer;

  private constructor(private readonly port: number) {}

  static async start(): Promise<MailServer> {
    const mails = new MailServer(await freePort());
    await mails.start();
    return mails;
  }

  get url(): string {
    return `smtp://${nameHere()}:${this.port}`;
  }

  /** Always on the same port. */
  async start(): Promise<void> {
    this.server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onRcptTo: ({ address }, _, done) => done(address === NOBODY ? refusal() : undefined),
      onData: (stream, { envelope }, done) => {
        const to = envelope.rcptTo.map(({ address }) => address).join();
        void text(stream).then((source) => {
          this.received.push({ ...headersOf(source), to });
          done();
        });
      },
    });
    this.server.on('error', () => undefined);
    await once(this.server.listen(this.port, addressHere()), 'listening');
  }

  /** Also ends the connections that stand open. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server !== undefined) await new Promise<void>((closed) => server.close(closed));
  }

  all(): Promise<readonly Notification[]> {
    return Promise.resolve(this.received);
  }
}

/** Containers reach it by the name that Docker has for this machine, on whichever address that is. */
const nameHere = (): string => (target() === 'local' ? '127.0.0.1' : 'host.docker.internal');
const addressHere = (): string => (target() === 'local' ? '127.0.0.1' : '0.0.0.0');

const refusal = (): Error => Object.assign(new Error('No such user'), { responseCode: MAILBOX_UNAVAILABLE });

function headersOf(source: string): Pick<Notification, 'eventId' | 'title'> {
  const [head = ''] = source.replace(/\r\n[ \t]+/g, ' ').split('\r\n\r\n', 1);
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  return { eventId: eventIdOf(header('Message-ID')), title: header('Subject') };
}
