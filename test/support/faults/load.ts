/** Whether all is wanted (`npm run test:faults`), or what proves the same with less load (`npm test`). */
export const isFull = process.env.FAULTS === 'full';

/** How many orders a fault is met with. */
export const load = ({ full = 2_000, short = 100 } = {}): number => (isFull ? full : short);

/** A test that the short run leaves out, since its neighbours tell as much. */
export function itInFull(...[name, test, timeout]: Parameters<jest.It>): void {
  if (isFull) it(name, test, timeout);
}
