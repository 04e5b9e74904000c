/** Reads what another program of this repository wrote. It is of our own making, so nothing is checked. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows who wrote it
export function parsed<T>(text: string): T {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- and what that is
  return JSON.parse(text);
}
