import type { StepRunner } from '../launcher/suite/suite-options';

/** Prints each step of a start once it is done, with the seconds that it took. */
export const progress: StepRunner = async (what, work) => {
  const began = Date.now();
  const print = (mark: string): void =>
    console.log(`  ${mark} ${what.padEnd(12)} ${((Date.now() - began) / 1000).toFixed(1)} s`);
  try {
    const result = await work();
    print('✓');
    return result;
  } catch (error) {
    print('✗');
    throw error;
  }
};
