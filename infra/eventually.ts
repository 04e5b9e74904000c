import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface Waiting {
  /** What is waited for, as the error shall say it: "RabbitMQ to accept connections". */
  readonly what?: string;
  /** Milliseconds, after which the wait fails. */
  readonly within?: number;
  /** Milliseconds between two looks. */
  readonly every?: number;
}

/** What was waited for did not happen in time; the message says what was wrong at last. */
export class NotInTime extends Error {
  readonly code = 'NOT_IN_TIME';

  constructor({ what, within }: Required<Pick<Waiting, 'what' | 'within'>>, cause?: unknown) {
    const reason = cause instanceof Error ? cause.message : inspect(cause);
    const atLast = cause === undefined ? '' : ` At last: ${reason}`;
    super(`Waited ${within / 1_000} s for ${what}, in vain.${atLast}`, { cause });
  }
}

/**
 * Looks again and again, until the condition neither answers `false` nor throws, as an `expect` does. Returns its answer.
 * @throws NotInTime
 */
export async function eventually<T>(
  condition: () => T | Promise<T>,
  { what = condition.toString(), within = 20_000, every = 25 }: Waiting = {},
): Promise<Exclude<T, false>> {
  const deadline = performance.now() + within;
  for (;;) {
    let error: unknown;
    try {
      const answer = await condition();
      if (isFulfilled(answer)) return answer;
    } catch (thrown) {
      error = thrown;
    }
    if (performance.now() > deadline) throw new NotInTime({ what, within }, error);
    await sleep(every);
  }
}

const isFulfilled = <T>(answer: T): answer is Exclude<T, false> => answer !== false;
