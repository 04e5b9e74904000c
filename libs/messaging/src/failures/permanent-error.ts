/** Thrown by a handler to say: do not retry. The message goes to the dead letters at once, with this error's code and text. */
export class PermanentError extends Error {
  /** Stable, upper snake case; the dead letter's reason. */
  readonly code: string = 'PERMANENT_ERROR';
}
