import { MessageProperties } from 'amqplib';
import { writableHeaders } from './writable-headers';

/** Headers that tell the story of a failed message; on retries and dead letters alike. */
export const FAILED_ATTEMPTS = 'x-failed-attempts';
export const REASON = 'x-reason';
export const ERROR = 'x-error';
export const FAILED_AT = 'x-failed-at';

/** How often an operator has redriven it; a copy keeps it. */
export const REDRIVEN = 'x-redriven';

const MAX_ERROR_LENGTH = 500;

/**
 * Headers that a copy must not take along: RabbitMQ adds to `x-death` by itself (and counts it differently
 * from version to version), `CC` and `BCC` would send it elsewhere too, and the rest is told anew with each failure.
 */
const NOT_COPIED =
  /^(x-(death|first-death-.*|last-death-.*|delivery-count|acquired-count|failed-attempts|reason|error|failed-at)|CC|BCC)$/;

/** How often the message failed before, since it was redriven last. */
export const failedAttemptsOf = ({ headers }: Pick<MessageProperties, 'headers'>): number =>
  countOf(headers?.[FAILED_ATTEMPTS]);

/** How often the message was redriven. */
export const timesRedrivenOf = ({ headers }: Pick<MessageProperties, 'headers'>): number =>
  countOf(headers?.[REDRIVEN]);

/** The headers as they were before the message ever failed. */
export const withoutFailure = (headers: Record<string, unknown> = {}): Record<string, unknown> =>
  writableHeaders(Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_COPIED.test(name))));

/** The headers of the failed message's copy. */
export function failureHeaders(
  { headers }: Pick<MessageProperties, 'headers'>,
  failure: { attempts: number; reason: string; error: unknown },
): Record<string, unknown> {
  return {
    ...withoutFailure(headers),
    [FAILED_ATTEMPTS]: failure.attempts,
    [REASON]: failure.reason,
    [ERROR]: describe(failure.error).slice(0, MAX_ERROR_LENGTH),
    [FAILED_AT]: new Date().toISOString(),
  };
}

/** What is no count, and so comes from a stranger, is none. */
const countOf = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error);
