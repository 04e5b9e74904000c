// `npm run test:nemesis -- --seed 7 --minutes 10`: a run of ten minutes with the faults of that seed.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { run } from 'jest';

const OPTIONS = { seed: { type: 'string' }, minutes: { type: 'string', default: '10' } };

const { seed, minutes } = parseArgs({ options: OPTIONS }).values;

for (const [name, value] of Object.entries({ seed, minutes })) {
  if (value !== undefined && !(Number(value) > 0)) {
    console.error(`--${name} is a number above 0, not "${value}".`);
    process.exit(1);
  }
}

process.env.NEMESIS_MINUTES = minutes;
process.env.NEMESIS_SEED = seed ?? String(randomInt(1, 1_000_000));
await run(['--selectProjects', 'nemesis']);
