/** For each lesson, the tests that show it. */
export const LESSONS: Readonly<Record<string, readonly string[]>>;
/** Those of `npm test`. */
export const FIRST: readonly string[];
