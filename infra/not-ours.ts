/** A program wanted to kill or to look into a server that somebody else runs. */
export class NotOurs extends Error {
  readonly code = 'NOT_OURS';

  constructor(what: string) {
    super(`The ${what} was given: it is not ours.`);
  }
}
