import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsed } from '../../../infra/json';

/** Where a running suite takes commands, and the token that a command must carry. */
export interface ControlAddress {
  readonly url: string;
  readonly token: string;
}

/** Where a running suite is to be reached. */
export interface SuiteAddresses {
  /** Of a user who may do everything on the virtual host. */
  readonly rabbitmqUrl: string;
  /** Of user `tail`, comma-separated; absent where the broker is given. */
  readonly tailUrl?: string;
  /** RabbitMQ's management page; absent where the broker is given and its page is not known. */
  readonly managementUrl?: string;
  /** The variables that have chosen its queues, for commands that look at them. */
  readonly queueVariables?: Readonly<Record<string, string>>;
  readonly orderApiUrl: string;
  /** MailDev's page. */
  readonly mailUrl: string;
  /** The stand-in for the SMS provider. */
  readonly smsUrl: string;
  /** Where `npm run suite` is heard. */
  readonly control?: ControlAddress;
}

/** `suite.json` in the data folder: there as long as the suite is ready. It holds a password, so its owner alone can read it. */
export class SuiteFile {
  private readonly file: string;

  constructor(dataFolder: string) {
    this.file = join(dataFolder, 'suite.json');
  }

  /** Moved into place in one step, so a reader sees the whole file or none. */
  write(addresses: SuiteAddresses): void {
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(addresses, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.file);
  }

  /** Undefined where no suite is ready. */
  read(): SuiteAddresses | undefined {
    try {
      return parsed(readFileSync(this.file, 'utf8'));
    } catch {
      return undefined;
    }
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }
}
