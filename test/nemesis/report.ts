import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Evidence } from './checks/claim';
import type { PlannedFault } from './schedule';
import { MINUTES, SEED } from './settings';

const FOLDER = resolve('.data', 'nemesis');

/** More of one kind say no more. */
const SHOWN = 50;

export const COMMAND = `npm run test:nemesis -- --seed ${SEED} --minutes ${MINUTES}`;

/** What a failed run says: what is wrong, what happened, and how to let it happen again. Keeps all that is known of the run in a file. */
export function failureOf(
  violations: readonly string[],
  schedule: readonly PlannedFault[],
  evidence: Evidence,
): Error {
  const more = violations.length > SHOWN ? [`… and ${violations.length - SHOWN} more`] : [];
  return new Error(
    [
      ...violations.slice(0, SHOWN),
      ...more,
      '',
      `The faults of seed ${SEED}:`,
      told(schedule),
      '',
      `The same faults again: ${COMMAND}`,
      `All that was asked, answered and written down: ${keep({ ...evidence, violations })}`,
    ].join('\n'),
  );
}

/** A line for each fault. */
export const told = (schedule: readonly PlannedFault[]): string =>
  schedule
    .map(({ atMs, forMs, part, name }) => `${seconds(atMs)} to ${seconds(atMs + forMs)} s   ${part}: ${name}`)
    .join('\n');

const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1).padStart(6);

function keep(evidence: object): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `seed-${SEED}.json`);
  writeFileSync(file, JSON.stringify(evidence, undefined, 1));
  return file;
}
