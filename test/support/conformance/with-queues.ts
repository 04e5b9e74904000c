import { type Queues, SETTING } from '../setting';

/** What holds where email listens through queues of these kinds; the same file says what holds for the others. */
export function withQueues(kinds: readonly Queues[], body: () => void): void {
  if (kinds.includes(SETTING.queues)) describe(`with ${SETTING.queues} queues`, body);
}

/** What is kept when nobody is connected, and has a ladder and dead letters. */
export const DURABLE = ['quorum', 'classic'] as const;

/** Opens the name of a test that shows what happens instead of the guarantee; the table of the run quotes the rest. */
export const DOES_NOT_HOLD = 'does not hold: ';

/** What stops or kills the broker: nobody does that to one that somebody else runs, and the run says that it was not tried. */
export const describeWithOwnBroker = SETTING.broker === 'given' ? describe.skip : describe;

/** What needs several nodes. */
export const describeOnCluster = SETTING.broker === 'cluster' ? describe : describe.skip;
