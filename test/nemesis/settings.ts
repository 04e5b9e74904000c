import { randomInt } from 'node:crypto';

const { NEMESIS_SEED, NEMESIS_MINUTES } = process.env;

/** What `npm run test:nemesis -- --seed 7 --minutes 10` says; a seed is drawn where it says none. */
export const SEED = NEMESIS_SEED === undefined ? randomInt(1_000_000) : Number(NEMESIS_SEED);

/** Less than a minute is the short form, for every push. */
export const MINUTES = Number(NEMESIS_MINUTES ?? 0.6);
