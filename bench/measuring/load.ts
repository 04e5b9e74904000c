import type { Programs } from '../contestants/programs';
import type { ClosedLoopPlan, ClosedLoopResult } from '../load/closed-loop';
import type { SteadyPlan, SteadyResult } from '../load/steady-rate';

const FOLDER = 'dist/bench/load';

/** In a process of its own, so that its CPU is counted apart. */
export const closedLoop = (programs: Programs, plan: ClosedLoopPlan): Promise<ClosedLoopResult> =>
  programs.run({ name: 'load', file: `${FOLDER}/closed-loop.js`, args: [JSON.stringify(plan)] });

export const steady = (programs: Programs, plan: SteadyPlan): Promise<SteadyResult> =>
  programs.run({ name: 'load', file: `${FOLDER}/steady-rate.js`, args: [JSON.stringify(plan)] });
