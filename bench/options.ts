import { parseArgs } from 'node:util';
import { PARTS, type Part } from './parts';

export interface Options {
  /** Fewer orders, and each turn once: a few minutes in all. */
  readonly short: boolean;
  /** How often the contestants take turns. */
  readonly turns: number;
  /** A commit whose services take part as well. */
  readonly against?: string;
  readonly parts: readonly Part[];
}

export const USAGE = `npm run bench -- [--short] [--turns <count>] [--against <git ref>] [part …]

Parts, all of them by default:
${PARTS.map(({ name, what }) => `  ${name.padEnd(12)} ${what}`).join('\n')}`;

/** @throws Error that says what is wrong with the arguments */
export function optionsFrom(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      short: { type: 'boolean', default: false },
      turns: { type: 'string' },
      against: { type: 'string' },
    },
  });
  const { short, against } = values;
  const turns = Number(values.turns ?? (short ? 1 : 5));
  if (!Number.isInteger(turns) || turns < 1) throw new Error('--turns takes a count.');
  const chosen = positionals.map(partNamed);
  return { short, turns, against, parts: chosen.length === 0 ? PARTS : chosen };
}

function partNamed(name: string): Part {
  const part = PARTS.find((one) => one.name === name);
  if (part === undefined) throw new Error(`There is no part "${name}".`);
  return part;
}
