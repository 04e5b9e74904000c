import type { Notification } from '../../support/shop/notifications';
import type { FaultRecord, History } from '../history';
import { SENDS_AT_ONCE } from '../sends-at-once';
import { type Claim, grouped } from './claim';
import { type Notifier, NOTIFIERS } from './notifiers';

/** A mail or a text that went out again. */
interface Repeat {
  readonly eventId: string;
  /** When the send came whose answer, or whose commit, was lost. */
  readonly at: number;
}

/** Something that explains repeats of a send that came meanwhile. */
interface Cause {
  readonly begunAt: number;
  readonly endedAt: number;
  /** How many more it may explain. */
  budget: number;
}

/** Longer than it takes from a provider's answer to the commit, on a machine that is busy. */
const COMMIT_WITHIN_MS = 5_000;

/** A process that hangs for less than this loses no lease (30 s), though it may have had it for a while. */
const LEASE_IN_DANGER_MS = 15_000;

/** How long a sender waits for an answer, at least. */
const ANSWER_TIMEOUT_MS = 10_000;

/** A service has a second process at most. */
const PROCESSES = 2;

/** The causes are those that docs/guarantees.md states. */
export const repeatedSends: Claim = {
  says: 'A mail or text is repeated only where its process died or was cut off before its commit, or where the answer never came; and few are',
  violations: ({ history, ledgers }) =>
    NOTIFIERS.flatMap((notifier) => {
      const causes = causesOf(notifier, history);
      return repeatsOf(ledgers.notices[notifier.service].sent)
        .filter((repeat) => !isExplained(repeat, causes))
        .map(
          ({ eventId, at }) =>
            `${notifier.service}: ${eventId} was sent again after ${new Date(at).toISOString()}`,
        );
    }),
};

/** In the order of their first sends. */
const repeatsOf = (sent: readonly Notification[]): Repeat[] =>
  [...grouped(sent, ({ eventId }) => eventId)]
    .flatMap(([eventId, times]) => times.slice(0, -1).map(({ at = NaN }) => ({ eventId, at })))
    .sort((one, other) => one.at - other.at);

/** Each repeat uses up some of the cause that ends first, as the later ones may explain later repeats. */
function isExplained({ at }: Repeat, causes: readonly Cause[]): boolean {
  const [cause] = causes
    .filter(({ begunAt, endedAt, budget }) => budget > 0 && begunAt <= at && at <= endedAt)
    .sort((one, other) => one.endedAt - other.endedAt);
  if (cause !== undefined) cause.budget -= 1;
  return cause !== undefined;
}

function causesOf(notifier: Notifier, { faults }: History): Cause[] {
  const single = faults.flatMap((fault) => {
    const processes = processesThatRepeat(fault, notifier);
    return processes === 0
      ? []
      : [causeOf(fault, faults, processes * SENDS_AT_ONCE * triesDuring(fault, notifier))];
  });
  // Away together, they are to a process what it is to be cut off from both.
  const cutOff = faults
    .filter(({ part }) => part === 'broker')
    .flatMap((broker) => databaseFaultsDuring(broker, faults).map((database) => [broker, database] as const))
    .map(([broker, database]) => ({
      begunAt: Math.min(broker.begunAt, database.begunAt) - COMMIT_WITHIN_MS,
      endedAt: Math.max(broker.endedAt, database.endedAt) + COMMIT_WITHIN_MS,
      budget: PROCESSES * SENDS_AT_ONCE,
    }));
  return [...single, ...cutOff];
}

/** Whose sends such a fault may repeat: those of so many processes. */
function processesThatRepeat(
  { name, part, begunAt, endedAt }: FaultRecord,
  { service, provider }: Notifier,
): number {
  if (part === provider) return name === 'refuse' ? 0 : PROCESSES;
  if (part === `${service} (replica)`) return name.endsWith('kill') ? 1 : 0;
  if (part !== service) return 0;
  if (name === 'kill') return 1;
  if (name === 'pause') return endedAt - begunAt >= LEASE_IN_DANGER_MS ? 1 : 0;
  return name.startsWith('cut') || name.startsWith('silence') ? PROCESSES : 0;
}

/** A provider that hangs gives no answer to the tries that come meanwhile either, and may take them all once it goes on. */
const triesDuring = ({ part, begunAt, endedAt }: FaultRecord, { provider }: Notifier): number =>
  part === provider ? 1 + Math.ceil((endedAt - begunAt) / ANSWER_TIMEOUT_MS) : 1;

/** A send that waits for its commit, since the database is away, is repeated when its process is killed only later. */
function causeOf(fault: FaultRecord, faults: readonly FaultRecord[], budget: number): Cause {
  const begins = [fault, ...databaseFaultsDuring(fault, faults)].map(({ begunAt }) => begunAt);
  return {
    begunAt: Math.min(...begins) - COMMIT_WITHIN_MS,
    endedAt: fault.endedAt + COMMIT_WITHIN_MS,
    budget,
  };
}

const databaseFaultsDuring = (fault: FaultRecord, faults: readonly FaultRecord[]): FaultRecord[] =>
  faults.filter(
    ({ part, begunAt, endedAt }) =>
      part === 'database' && begunAt <= fault.endedAt && endedAt + COMMIT_WITHIN_MS >= fault.begunAt,
  );
