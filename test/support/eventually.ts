import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

/** Answers `true` or nothing when it is fulfilled; `false` or an error, such as that of an `expect`, when it is not yet. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- the body of an `expect` answers nothing
export type Condition = () => boolean | void | Promise<boolean | void>;

/**
 * Looks every so many milliseconds until the condition is fulfilled.
 * @throws Error when it is not within so many milliseconds, with what was wrong at last
 */
export async function eventually(condition: Condition, { within = 20_000, every = 25 } = {}): Promise<void> {
  const deadline = performance.now() + within;
  for (;;) {
    const unfulfilled = await look(condition);
    if (unfulfilled === undefined) return;
    if (performance.now() > deadline) {
      throw new Error(`Not within ${within} ms; at last: ${unfulfilled.reason}`, {
        cause: unfulfilled.error,
      });
    }
    await sleep(every);
  }
}

async function look(condition: Condition): Promise<{ reason: string; error?: unknown } | undefined> {
  try {
    return (await condition()) === false ? { reason: `${condition.toString()} was false` } : undefined;
  } catch (error) {
    return { reason: error instanceof Error ? error.message : inspect(error), error };
  }
}
