/** A class with a decorator that has no converter, or whose check could go on without end. Found before any value is checked. */
export class UncompilableClass extends Error {
  readonly code = 'UNCOMPILABLE_CLASS';

  /** @param member the property, with the class's name before it */
  constructor(
    readonly member: string,
    readonly decorator: string,
    why: string,
  ) {
    super(`@${decorator} of ${member}: ${why}`);
  }
}
