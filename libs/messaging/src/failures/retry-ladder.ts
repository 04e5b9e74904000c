import { PermanentError } from './permanent-error';
import { Postponed } from './postponed';
import { TransientError } from './transient-error';

/** What becomes of a failed message. */
export type Verdict =
  { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'dead'; readonly reason: string };

/** The reason of a message that waits for its next attempt. */
export const RETRY = 'RETRY';

/** The dead letter's reason when the last attempt failed like the ones before. */
export const RETRIES_EXHAUSTED = 'RETRIES_EXHAUSTED';

/** How often a message has failed once this error is counted; one that has to wait has not failed. */
export const attemptsAfter = (error: unknown, attemptsBefore: number): number =>
  error instanceof Postponed ? attemptsBefore : attemptsBefore + 1;

/**
 * Decides by the error and by how often the message has failed, this time included: a permanent error is never tried
 * again, any other one climbs the ladder, one longer wait after the other. Who is asked to wait longer than the next step
 * takes the first one ahead that is long enough, or else the last.
 */
export function verdict(error: unknown, failedAttempts: number, delaysMs: readonly number[]): Verdict {
  if (error instanceof PermanentError) return { kind: 'dead', reason: error.code };
  const ahead = delaysMs.slice(Math.max(failedAttempts, 1) - 1);
  const delayMs = ahead.find((step) => step >= wantedWaitMs(error)) ?? ahead.at(-1);
  return delayMs === undefined ? { kind: 'dead', reason: RETRIES_EXHAUSTED } : { kind: 'retry', delayMs };
}

const wantedWaitMs = (error: unknown): number =>
  error instanceof TransientError ? 1_000 * (error.retryAfterSeconds ?? 0) : 0;
