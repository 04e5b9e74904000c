import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, environmentWith } from '../environment';
import type { ProcessHooks } from '../processes/hooks';
import { ManagedProcess } from '../processes/managed-process';
import { answersHttp } from '../processes/probes';
import { freePort, portFrom } from '../processes/ports';
import { untilReady } from '../processes/until-ready';
import type { Part } from '../processes/part';

/** MailDev is a program of its own: its package has nothing that `require` could find. */
const PROGRAM = join(CHECKOUT, 'node_modules', 'maildev', 'dist', 'bin', 'maildev.js');

/** It keeps the newest in memory, some 8 KiB each. */
const MAILS_KEPT = 10_000;

const START_TIMEOUT_MS = 60_000;

export interface MailSinkOptions extends ProcessHooks {
  /** For the sources of the mails that it holds; emptied at each start. */
  readonly folder: string;
  /** The port of its page where that is free; any where absent. */
  readonly pagePort?: number;
}

/** A mail server that delivers nothing and shows everything: MailDev, with its web page and `GET /api/email`. */
export class MailSink implements Part {
  readonly name = 'mail';
  private process?: ManagedProcess;
  private smtpPort?: number;
  private webPort?: number;

  constructor(private readonly options: MailSinkOptions) {}

  /** Starts it without mails, the first time on free ports, later on the same. @throws Error that shows the end of its log */
  async start(): Promise<void> {
    this.smtpPort ??= await freePort();
    this.webPort ??= await portFrom(this.options.pagePort);
    this.process = await this.run([
      ...['--smtp', String(this.smtpPort), '--ip', '127.0.0.1'],
      ...['--web', String(this.webPort), '--web-ip', '127.0.0.1'],
      ...['--max-emails', String(MAILS_KEPT)],
    ]);
    await untilReady(this.process, () => answersHttp(`${this.webUrl}/api/healthz`, 200), START_TIMEOUT_MS);
  }

  /** Of its page. */
  get port(): number | undefined {
    return this.webPort;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get running(): boolean {
    return this.process?.running === true;
  }

  get smtpUrl(): string {
    return `smtp://127.0.0.1:${this.smtpPort}`;
  }

  get webUrl(): string {
    return `http://127.0.0.1:${this.webPort}`;
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  async kill(): Promise<void> {
    await this.process?.kill();
  }

  private run(args: readonly string[]): Promise<ManagedProcess> {
    const { folder, pagePort: _, ...hooks } = this.options;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    return ManagedProcess.start({
      name: 'MailDev',
      command: process.execPath,
      args: [PROGRAM, ...args],
      env: environmentWith({ TMPDIR: folder, TEMP: folder }),
      ...hooks,
    });
  }
}
