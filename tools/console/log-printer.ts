import { prettyFactory } from 'pino-pretty';
import { serviceOf } from '../launcher/suite/service-descriptions';
import { inColourOf } from './source-colours';

const NAME_WIDTH = 12;

/** What a person does not read; it stays in the log files. */
const LEFT_OUT = 'pid,hostname,service,context,correlationId,trace_id,span_id,event,events,subject,ms';
const MESSAGE = '{msg}{if subject} · {subject}{end}{if ms} · {ms} ms{end}';

/** The logs of the services as one stream for people: each line with its service's name. Silent until it is told to follow. */
export class LogPrinter {
  private following = false;
  private waiting = '';
  private readonly pretty = prettyFactory({
    colorize: process.stdout.isTTY,
    translateTime: 'SYS:HH:MM:ss',
    ignore: LEFT_OUT,
    messageFormat: MESSAGE,
    singleLine: true,
  });

  constructor(private readonly sources: readonly string[]) {}

  follow(): void {
    this.following = true;
  }

  /** The launcher's own lines are always news. */
  print(source: string, line: string): void {
    if (source === 'launcher') this.write(line);
    else if (this.following && this.sources.includes(serviceOf(source))) this.printLine(source, line);
  }

  private printLine(source: string, line: string): void {
    const name = this.coloured(source.padEnd(NAME_WIDTH), serviceOf(source));
    for (const part of this.pretty(line).trimEnd().split('\n')) this.write(`${name} │ ${part}`);
  }

  /** The processes of a service have one colour. */
  private coloured(text: string, service: string): string {
    return process.stdout.isTTY ? inColourOf(service, this.sources, text) : text;
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
