/** Thrown to say: the message has not failed, and is to be tried again later. That costs no attempt. */
export abstract class Postponed extends Error {
  /** Stable, upper snake case. */
  abstract readonly code: string;
}
