import type { Contestant } from './contestants/contestant';
import type { OurSuite } from './contestants/our-suite';
import type { Programs } from './contestants/programs';
import type { Providers } from './contestants/providers';
import type { Rival } from './contestants/rival';
import type { Results } from './report/results';

/** What every part works with. */
export interface Bench {
  readonly ours: OurSuite;
  /** The services of another commit. */
  readonly before?: OurSuite;
  /** Without framework and promises: what this machine can do. */
  readonly limit: Rival;
  /** The limits of other ways to take an order. */
  readonly otherLimits: readonly Rival[];
  /** As a tutorial writes it. */
  readonly usual: Rival;
  /** Does the same work inside the request. */
  readonly synchronous: Rival;
  readonly programs: Programs;
  readonly providers: Providers;
  readonly results: Results;
  readonly turns: number;
  /** The first in a short run, the second in a whole one. */
  readonly sized: (short: number, full: number) => number;
}

/** Does the work for one after the other, as many rounds as there are turns: a machine that is slower for a while is so for all. */
export async function alternate<One>(
  turns: number,
  ones: readonly One[],
  work: (one: One, turn: number) => Promise<void>,
): Promise<void> {
  for (let turn = 1; turn <= turns; turn++) for (const one of ones) await work(one, turn);
}

/** Stops it, whatever becomes of the work. */
export async function whileRunning(contestant: Contestant, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await contestant.stop();
  }
}
