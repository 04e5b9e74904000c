import { runInContext } from '../context/work-context';

/** Under load, one line in so many milliseconds. */
const AT_MOST_EVERY_MS = 100;

/** Gathers what is to be logged: what comes alone is said at once, and what comes soon after it is said together. */
export class Gathered<Item> {
  private items: Item[] = [];
  private saidAt = -Infinity;
  private timer?: NodeJS.Timeout;

  /** @param say is given all that has come since it was called before; at least one */
  constructor(private readonly say: (items: readonly Item[]) => void) {}

  add(items: readonly Item[]): void {
    this.items.push(...items);
    this.timer ??= setTimeout(
      () => this.sayAll(),
      Math.max(0, this.saidAt + AT_MOST_EVERY_MS - performance.now()),
    );
  }

  private sayAll(): void {
    const items = this.items;
    this.items = [];
    this.timer = undefined;
    this.saidAt = performance.now();
    // The timer has the context of what came first, which is not that of the others.
    if (items.length > 0) runInContext(undefined, () => this.say(items));
  }
}
