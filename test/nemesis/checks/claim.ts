import type { History } from '../history';
import type { Ledgers } from '../ledgers';

/** What is known of a run when it is over. */
export interface Evidence {
  readonly history: History;
  readonly ledgers: Ledgers;
}

/** Something that must hold after every run, whatever broke. */
export interface Claim {
  readonly says: string;
  /** What speaks against it, a line each. */
  violations(evidence: Evidence): string[];
}

/** Those of the same key together, in their order. */
export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Those that are there more than once, once each. */
export const doubled = (all: readonly string[]): string[] =>
  [...grouped(all, (one) => one)].flatMap(([one, times]) => (times.length > 1 ? [one] : []));
