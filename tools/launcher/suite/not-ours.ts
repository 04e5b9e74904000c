/** Somebody wanted to stop, kill or look into a server that somebody else runs. */
export class NotOurs extends Error {
  readonly code = 'NOT_OURS';

  constructor(what: string) {
    super(`The ${what} of this suite was given to it: it is not ours.`);
  }
}
