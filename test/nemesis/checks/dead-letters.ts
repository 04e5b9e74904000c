import { ORDER_EVENTS, queueName } from '@app/contracts';
import type { FaultRecord, Redriven } from '../history';
import type { Claim } from './claim';
import { NOTIFIERS } from './notifiers';

/** What the reason of a dead letter says that was tried to the end of the ladder. */
const RETRIES_EXHAUSTED = 'RETRIES_EXHAUSTED';

/** Whose refusals are final, by the queue of who asks. */
const PROVIDERS: Readonly<Record<string, string>> = Object.fromEntries(
  NOTIFIERS.map(({ service, provider }) => [queueName(service, ORDER_EVENTS), provider]),
);

/** The ladder of a run takes 46 s, and each try may take some more. */
const LADDER_MS = 90_000;

/** With less, one of the five tries succeeds. */
const MOST_OF_THE_LADDER_MS = 20_000;

export const deadLetters: Claim = {
  says: 'A message is a dead letter only where a provider has refused it for good, or was away for all of the ladder',
  violations: ({ history: { redriven, faults } }) =>
    redriven
      .filter((letter) => !isExplained(letter, faults))
      .map(
        ({ queue, messageId, reason, at }) =>
          `${messageId} of ${queue}: ${reason} at ${new Date(at).toISOString()}`,
      ),
};

function isExplained({ queue, reason, at }: Redriven, faults: readonly FaultRecord[]): boolean {
  const ofProvider = faults.filter(({ part, begunAt }) => part === PROVIDERS[queue] && begunAt <= at);
  const away = ofProvider.map(
    ({ begunAt, endedAt }) => Math.min(endedAt, at) - Math.max(begunAt, at - LADDER_MS),
  );
  return reason === RETRIES_EXHAUSTED
    ? away.reduce((sum, time) => sum + Math.max(time, 0), 0) >= MOST_OF_THE_LADDER_MS
    : ofProvider.some(({ name }) => name === 'refuse');
}
