import { ORDER_EVENTS, queueName } from '@app/contracts';
import type { FaultRecord, Redriven } from '../history';
import type { Claim } from './claim';
import { NOTIFIERS } from './notifiers';

/** Whose refusals are final, by the queue of who asks. */
const PROVIDERS: Readonly<Record<string, string>> = Object.fromEntries(
  NOTIFIERS.map(({ service, provider }) => [queueName(service, ORDER_EVENTS), provider]),
);

export const deadLetters: Claim = {
  says: 'A message is a dead letter only where a provider has refused it for good',
  violations: ({ history: { redriven, faults } }) =>
    redriven
      .filter((letter) => !faults.some((fault) => isRefusal(fault, letter)))
      .map(
        ({ queue, messageId, reason, at }) =>
          `${messageId} of ${queue}: ${reason} at ${new Date(at).toISOString()}`,
      ),
};

const isRefusal = ({ name, part, begunAt }: FaultRecord, { queue, at }: Redriven): boolean =>
  name === 'refuse' && part === PROVIDERS[queue] && begunAt <= at;
