import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { freePort } from '../../infra/processes/ports';

export interface TakenMail {
  readonly text: string;
  /** Milliseconds, as `performance.now()` counts them. */
  readonly at: number;
}

/** A mail server that takes whole mails and says nothing, until a test lets it answer. Keeps the mails that it has taken. */
export class HangingMailServer {
  readonly mails: TakenMail[] = [];
  private answers = false;

  private constructor(
    private readonly server: SMTPServer,
    private readonly port: number,
  ) {}

  static async start(): Promise<HangingMailServer> {
    const port = await freePort();
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onData: (stream, _session, done) => void text(stream).then((mail) => started.take(mail, done)),
    });
    const started = new HangingMailServer(server, port);
    server.on('error', () => undefined);
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return started;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Answers from now on. Mails that have had no answer get none. */
  answer(): void {
    this.answers = true;
  }

  async stop(): Promise<void> {
    await new Promise<void>((closed) => this.server.close(closed));
  }

  private take(mail: string, done: () => void): void {
    this.mails.push({ text: mail, at: performance.now() });
    if (this.answers) done();
  }
}
