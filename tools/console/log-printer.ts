import { prettyFactory } from 'pino-pretty';

const NAME_WIDTH = 11;

/** What the name of a replica ends with. */
const REPLICA = /-\d+$/;

/** The logs of the services as one stream for people: each line with its service's name. Silent until it is told to follow. */
export class LogPrinter {
  private following = false;
  private waiting = '';
  private readonly pretty = prettyFactory({
    colorize: process.stdout.isTTY,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,service',
    singleLine: true,
  });

  constructor(private readonly sources: readonly string[]) {}

  follow(): void {
    this.following = true;
  }

  /** The launcher's own lines are always news. */
  print(source: string, line: string): void {
    if (source === 'launcher') this.write(line);
    else if (this.following && this.sources.includes(source.replace(REPLICA, '')))
      this.printLine(source, line);
  }

  private printLine(source: string, line: string): void {
    for (const part of this.pretty(line).trimEnd().split('\n'))
      this.write(`${source.padEnd(NAME_WIDTH)} │ ${part}`);
  }

  /** All lines that were read from a service at once are written at once. */
  private write(line: string): void {
    if (this.waiting === '') queueMicrotask(() => this.flush());
    this.waiting += `${line}\n`;
  }

  private flush(): void {
    process.stdout.write(this.waiting);
    this.waiting = '';
  }
}
