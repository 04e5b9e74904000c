import type { Queues } from '../../../tools/conformance/settings';
import { SETTING } from '../setting';

/** What holds where email listens through queues of these kinds; the same file says what holds for the others. */
export function withQueues(kinds: readonly Queues[], body: () => void): void {
  if (kinds.includes(SETTING.queues)) describe(`with ${SETTING.queues} queues`, body);
}

/** The kinds of queues that stay when no consumer is connected, and have a ladder and dead letters. */
export const DURABLE = ['quorum', 'classic'] as const;

/** Opens the name of a test that shows what happens instead of the guarantee; the table of the run quotes the rest. */
export const DOES_NOT_HOLD = 'does not hold: ';

/** For tests that stop or kill the broker. A given broker is not stopped, and the run says that the test was not tried. */
export const describeWithOwnBroker = SETTING.broker === 'given' ? describe.skip : describe;

/** What needs several nodes. */
export const describeOnCluster = SETTING.broker === 'cluster' ? describe : describe.skip;
