/** Thrown by a handler to say: try again, and not before so many seconds where it says so. Any other error is tried again too. */
export class TransientError extends Error {
  /** Stable, upper snake case. */
  readonly code: string = 'TRANSIENT_ERROR';
  readonly retryAfterSeconds?: number;
}
