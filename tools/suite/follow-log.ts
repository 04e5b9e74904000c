import { existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { setInterval } from 'node:timers/promises';
import { LogPrinter } from '../console/log-printer';
import { NoSuite } from './command';

const POLL_MS = 200;
const LAST_BYTES = 8 * 1_024;

/** Prints the end of a log, and what is added to it, until the process ends. @throws Error, or NoSuite where there are none at all */
export async function followLog(dataFolder: string, name: string): Promise<void> {
  const folder = join(dataFolder, 'logs');
  const file = join(folder, `${basename(name)}.log`);
  if (!existsSync(file)) throw missing(name, namesIn(folder));
  const printer = new LogPrinter([name]);
  printer.follow();
  const lines = new AddedLines(file);
  for (const line of lines.next()) printer.print(name, line);
  for await (const _ of setInterval(POLL_MS)) for (const line of lines.next()) printer.print(name, line);
}

const missing = (name: string, others: readonly string[]): Error =>
  others.length === 0
    ? new NoSuite()
    : new Error(`There is no log of "${name}". There are ${others.join(', ')}.`);

const namesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((file) => basename(file, '.log')) : [];

/** The lines of a file that grows, from a little before its end on. */
class AddedLines {
  private readonly descriptor: number;
  private position: number;
  private rest = '';
  private readonly decoder = new StringDecoder();

  constructor(file: string) {
    this.descriptor = openSync(file, 'r');
    this.position = Math.max(0, fstatSync(this.descriptor).size - LAST_BYTES);
    // The first line is probably not whole.
    if (this.position > 0) this.rest = '\0';
  }

  next(): string[] {
    const added = Buffer.alloc(fstatSync(this.descriptor).size - this.position);
    this.position += readSync(this.descriptor, added, 0, added.length, this.position);
    const lines = (this.rest + this.decoder.write(added)).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.filter((line) => !line.startsWith('\0'));
  }
}
