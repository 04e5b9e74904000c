import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 50;

export interface Waiting {
  /** What is waited for, as the error shall say it: "RabbitMQ to accept connections". */
  readonly what: string;
  readonly timeoutMs: number;
}

/** What was waited for did not happen in time. */
export class WaitedInVain extends Error {
  readonly code = 'WAITED_IN_VAIN';
}

/**
 * Asks again and again, until the answer is neither `false` nor `undefined`, and returns it.
 * @throws WaitedInVain
 */
export async function waitUntil<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs }: Waiting,
): Promise<Exclude<T, false | undefined>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await condition();
    if (isAnswer(answer)) return answer;
    if (Date.now() > deadline) throw new WaitedInVain(`Waited ${timeoutMs / 1000} s for ${what}, in vain.`);
    await sleep(INTERVAL_MS);
  }
}

const isAnswer = <T>(value: T): value is Exclude<T, false | undefined> =>
  value !== false && value !== undefined;
