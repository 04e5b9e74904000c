const { NEMESIS_SEED, NEMESIS_MINUTES } = process.env;

/** The seed of `npm run test:nemesis`, which draws one where it is given none. The short form always runs the same faults. */
export const SEED = Number(NEMESIS_SEED ?? 7);

/** Less than a minute is the short form, for every push. */
export const MINUTES = Number(NEMESIS_MINUTES ?? 0.6);
