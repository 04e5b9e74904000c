import type { FaultRecord, History } from '../history';
import { FEW, SENDS_AT_ONCE } from '../limits';
import type { Notifier } from './notifiers';

/** Something that explains repeats of a send that came meanwhile. */
export interface RepeatCause {
  readonly begunAt: number;
  readonly endedAt: number;
  /** How many more it may explain. */
  budget: number;
  /** How many of the same mail or text. */
  readonly ofEach: number;
  /** Which it has explained. */
  readonly explained: string[];
}

/** Longer than it takes from a provider's answer to the commit, on a machine that is busy. */
const COMMIT_WITHIN_MS = 5_000;

/** How long a sender waits for an answer, at least. */
const ANSWER_TIMEOUT_MS = 10_000;

/** A process that hangs for so long may have missed an answer that came, as it may have waited for a while before. */
const ANSWER_IN_DANGER_MS = 5_000;

/** So many answers may be missing before the circuit breaker opens. What has begun by then goes on. */
const BEFORE_IT_OPENS = 9;

/** A service has a second process at most. */
const PROCESSES = 2;

/** All that may have repeated a notifier's sends in a run. */
export function causesOf(notifier: Notifier, { faults }: History): RepeatCause[] {
  const single = faults.map((fault) => causeOf(fault, faults, mostRepeats(fault, notifier)));
  // Away together, they are to a process what it is to be cut off from both.
  const cutOff = faults
    .filter(({ part }) => part === 'broker')
    .flatMap((broker) => databaseFaultsDuring(broker, faults).map((database) => [broker, database] as const))
    .map(([broker, database]) => ({
      begunAt: Math.min(broker.begunAt, database.begunAt) - COMMIT_WITHIN_MS,
      endedAt: Math.max(broker.endedAt, database.endedAt) + COMMIT_WITHIN_MS,
      ...onceEach(PROCESSES),
      explained: [],
    }));
  return [...single, ...cutOff];
}

type Most = Pick<RepeatCause, 'budget' | 'ofEach'>;

/** What so many processes have under way. */
const onceEach = (processes: number): Most => ({ budget: processes * SENDS_AT_ONCE, ofEach: 1 });
const NONE = onceEach(0);

/** How many sends such a fault may repeat. */
function mostRepeats(fault: FaultRecord, { service, provider }: Notifier): Most {
  const { name, part, begunAt, endedAt } = fault;
  if (part === provider) return mostRepeatsByProvider(fault);
  if (part === `${service} (replica)`) return name.endsWith('kill') ? onceEach(1) : NONE;
  if (part !== service) return NONE;
  if (name === 'kill') return onceEach(1);
  if (name === 'pause') return endedAt - begunAt >= ANSWER_IN_DANGER_MS ? onceEach(1) : NONE;
  return name.startsWith('cut') || name.startsWith('silence') ? onceEach(PROCESSES) : NONE;
}

function mostRepeatsByProvider({ name, begunAt, endedAt }: FaultRecord): Most {
  if (name === 'refuse') return NONE;
  if (name === 'lose answers') return { budget: FEW, ofEach: FEW };
  if (name !== 'pause') return onceEach(PROCESSES);
  // Once it goes on, it may take all that it was sent meanwhile.
  return {
    budget: PROCESSES * (BEFORE_IT_OPENS + SENDS_AT_ONCE),
    ofEach: 1 + Math.ceil((endedAt - begunAt) / ANSWER_TIMEOUT_MS),
  };
}

/** A send that waits for its commit, since the database is away, is repeated when its process is killed only later. */
function causeOf(fault: FaultRecord, faults: readonly FaultRecord[], most: Most): RepeatCause {
  const begins = [fault, ...databaseFaultsDuring(fault, faults)].map(({ begunAt }) => begunAt);
  return {
    begunAt: Math.min(...begins) - COMMIT_WITHIN_MS,
    endedAt: fault.endedAt + COMMIT_WITHIN_MS,
    ...most,
    explained: [],
  };
}

const databaseFaultsDuring = (fault: FaultRecord, faults: readonly FaultRecord[]): FaultRecord[] =>
  faults.filter(
    ({ part, begunAt, endedAt }) =>
      part === 'database' && begunAt <= fault.endedAt && endedAt + COMMIT_WITHIN_MS >= fault.begunAt,
  );
