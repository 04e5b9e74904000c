/** True for the full load of `npm run test:faults`, false for the small one of `npm run verify`. */
export const isFull = process.env.FAULTS === 'full';

/** How many orders a fault is met with. */
export const load = ({ full = 2_000, short = 100 } = {}): number => (isFull ? full : short);

/** A test of the full run only: in the short run, the other tests of its file show nearly as much. */
export function itInFull(...[name, test, timeout]: Parameters<jest.It>): void {
  if (isFull) it(name, test, timeout);
}
