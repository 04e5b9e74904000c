import { ORDER_EVENTS, queueName } from '@app/contracts';
import type { FaultRecord, Redriven } from '../history';
import { FEW } from '../limits';
import { type Claim, grouped } from './claim';
import { NOTIFIERS } from './notifiers';

/** Nothing else makes one, a provider that is away least of all: no fault lasts for all of the ladder, and a circuit breaker saves its steps. */
export const deadLetters: Claim = {
  says: 'A message is a dead letter only where a provider has refused it for good, and no more are than it has refused',
  violations: ({ history: { redriven, faults } }) =>
    [...grouped(redriven, ({ queue }) => queue)]
      .flatMap(([queue, letters]) => unexplained(queue, letters, faults))
      .map(
        ({ queue, messageId, reason, at }) =>
          `${messageId} of ${queue}: ${reason} at ${new Date(at).toISOString()}`,
      ),
};

/** Where the operator was disturbed, they have seen a letter twice. */
function unexplained(
  queue: string,
  letters: readonly Redriven[],
  faults: readonly FaultRecord[],
): Redriven[] {
  const notifier = NOTIFIERS.find(({ service }) => queueName(service, ORDER_EVENTS) === queue);
  const refusals = faults.filter(({ part, name }) => part === notifier?.provider && name === 'refuse');
  const explained = new Set<string>();
  return letters.filter(({ messageId, reason, at }) => {
    if (explained.has(messageId) && reason === notifier?.refusal) return false;
    const refused = FEW * refusals.filter(({ begunAt }) => begunAt <= at).length;
    if (reason !== notifier?.refusal || explained.size >= refused) return true;
    explained.add(messageId);
    return false;
  });
}
