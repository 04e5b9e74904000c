import type { DeadLetter } from '@app/broker-admin';
import { deadLetterPage } from './dead-letter-pages';

/** How an answer is written: as JSON for programs, or as text for people. */
export interface Output {
  readonly json: boolean;
  readonly write: (text: string) => void;
}

/** Prints dead letters as they come, so that any number of them takes little memory: one JSON list, or one below the other. */
export class DeadLetterPrinter {
  private empty = true;

  constructor(private readonly output: Output) {}

  print(letters: readonly DeadLetter[]): void {
    const { json, write } = this.output;
    for (const letter of letters) {
      const between = json ? ',\n' : '\n\n';
      const start = json ? '[\n' : '';
      write((this.empty ? start : between) + (json ? JSON.stringify(letter) : deadLetterPage(letter)));
      this.empty = false;
    }
  }

  end(): void {
    const { json, write } = this.output;
    if (this.empty) write(json ? '[]\n' : 'No dead letters.\n');
    else write(json ? '\n]\n' : '\n');
  }
}
