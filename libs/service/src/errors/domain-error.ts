/** Why a request cannot be served, in terms that a caller of any protocol understands. */
export type DomainErrorKind = 'not-found' | 'conflict' | 'unprocessable' | 'unavailable';

/** An error that callers are answered with, since the use case refuses or cannot be done now: its text is for them, its code is stable. */
export abstract class DomainError extends Error {
  /** Stable, upper snake case: `ORDER_NOT_FOUND`. */
  abstract readonly code: string;
  abstract readonly kind: DomainErrorKind;
  /** Seconds after which a caller may try again, where that can help. */
  readonly retryAfterSeconds?: number;
}
