/** A program wanted to kill or to look into a given server, which is not ours. */
export class NotOurs extends Error {
  constructor(what: string) {
    super(`The ${what} was given: it is not ours.`);
  }
}
