import type { Programs } from '../contestants/programs';
import type { RushPlan, RushResult } from '../load/rush';
import type { SteadyPlan, SteadyResult } from '../load/steady';

const FOLDER = 'dist/bench/load';

/** In a process of its own, so that its CPU is counted apart. */
export const rush = (programs: Programs, plan: RushPlan): Promise<RushResult> =>
  programs.run({ name: 'load', file: `${FOLDER}/rush.js`, args: [JSON.stringify(plan)] });

export const steady = (programs: Programs, plan: SteadyPlan): Promise<SteadyResult> =>
  programs.run({ name: 'load', file: `${FOLDER}/steady.js`, args: [JSON.stringify(plan)] });
