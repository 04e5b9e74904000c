import { MessageProperties } from 'amqplib';

/** Headers that tell the story of a failed message; on retries and dead letters alike. */
export const FAILED_ATTEMPTS = 'x-failed-attempts';
const REASON = 'x-reason';
const ERROR = 'x-error';
const FAILED_AT = 'x-failed-at';

const MAX_ERROR_LENGTH = 500;

/**
 * Headers that a copy must not take along: RabbitMQ adds to `x-death` by itself (and counts it differently
 * from version to version), and the rest is told anew with each failure.
 */
const NOT_COPIED =
  /^x-(death|first-death-.*|last-death-.*|delivery-count|acquired-count|reason|error|failed-at)$/;

/** How often the message failed before. */
export function failedAttemptsOf({ headers }: MessageProperties): number {
  const attempts: unknown = headers?.[FAILED_ATTEMPTS];
  return typeof attempts === 'number' && attempts > 0 ? attempts : 0;
}

/** The headers of the failed message's copy. */
export function failureHeaders(
  { headers = {} }: MessageProperties,
  failure: { attempts: number; reason: string; error: unknown },
): Record<string, unknown> {
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_COPIED.test(name))),
    [FAILED_ATTEMPTS]: failure.attempts,
    [REASON]: failure.reason,
    [ERROR]: describe(failure.error).slice(0, MAX_ERROR_LENGTH),
    [FAILED_AT]: new Date().toISOString(),
  };
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error);
