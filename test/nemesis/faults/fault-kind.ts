import type { PlannedFault } from '../schedule';
import type { Stage } from '../stage/stage';

/** Ends a fault: what was broken is whole again. */
export type End = () => Promise<unknown>;

/** Resolves once the fault is there, with what ends it. */
export type Strike = (stage: Stage, fault: PlannedFault) => Promise<End>;

/** Something that can go wrong. */
export interface FaultKind {
  readonly name: string;
  /** It strikes one of these at a time, and no other fault strikes that one meanwhile. */
  readonly parts: readonly string[];
  /** How long it lasts: at least, and at most. */
  readonly seconds: readonly [number, number];
  readonly strike: Strike;
}
