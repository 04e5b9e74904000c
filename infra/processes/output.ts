import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const KEPT_LINES = 30;

export type LineListener = (line: string) => void;

/** What a process writes: handed on line by line, kept in a file, and its end kept for the error that may need it. */
export class Output {
  private readonly last: string[] = [];
  private readonly file?: WriteStream;

  constructor(
    logFile: string | undefined,
    private readonly onLine?: LineListener,
  ) {
    if (logFile !== undefined) this.file = createWriteStream(logFile, { flags: 'a' });
  }

  read(stream: Readable | null): void {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.write(line));
  }

  write(line: string): void {
    this.last.push(line);
    if (this.last.length > KEPT_LINES) this.last.shift();
    this.file?.write(`${line}\n`);
    this.onLine?.(line);
  }

  /** The last lines. */
  tail(): string {
    return this.last.join('\n');
  }

  close(): void {
    this.file?.end();
  }
}
