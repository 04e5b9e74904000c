import type { Screen } from '../console/screen';
import { burstLine, burstPicture, type BurstState } from './burst-picture';

const CLEAR_BELOW = '\u001b[J';
const up = (lines: number): string => `\u001b[${lines}A`;

/** Where a burst is shown: on a terminal as a picture that moves, elsewhere as a line every second. */
export class BurstScreen {
  private drawn = 0;

  constructor(private readonly output: Screen & { write(text: string): unknown }) {}

  /** Milliseconds between two looks that are shown. */
  get everyMs(): number {
    return this.output.isTTY === true ? 100 : 1_000;
  }

  show(state: BurstState): void {
    if (this.output.isTTY !== true) {
      this.output.write(`${burstLine(state)}\n`);
      return;
    }
    const picture = burstPicture(state, this.output);
    const back = this.drawn > 0 ? `${up(this.drawn)}\r${CLEAR_BELOW}` : '';
    this.output.write(`${back}${picture}\n`);
    this.drawn = picture.split('\n').length;
  }
}
