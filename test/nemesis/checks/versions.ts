import type { Order } from '../../support/shop/order';
import { type Claim, type Evidence, grouped } from './claim';

type Status = Order['status'];

const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['confirmed', 'rejected', 'cancelled'],
  confirmed: ['cancelled'],
  rejected: [],
  cancelled: [],
};

/** What somebody was shown of an order. */
interface Sight {
  readonly begunAt: number;
  readonly endedAt: number;
  readonly order: Order;
}

export const versions: Claim = {
  says: 'The versions of an order are 1, 2, 3 without a gap, each state follows from the one before, and customers were shown nothing else',
  violations: (evidence) => [...brokenHistories(evidence), ...falseSights(evidence)],
};

function brokenHistories({ ledgers }: Evidence): string[] {
  const stepsOf = grouped(ledgers.steps, ({ orderId }) => orderId);
  return ledgers.orders.flatMap(({ id, version, status }): string[] => {
    const steps = stepsOf.get(id) ?? [];
    const story = steps.map((step) => `${step.version} ${step.status}`).join(', ');
    const isCounted = steps.every((step, index) => step.version === index + 1);
    if (!isCounted || steps[0]?.status !== 'pending') return [`${id} has the versions ${story}`];
    const isLegal = steps.every(
      (step, index) => index === 0 || follows(steps[index - 1]?.status, step.status),
    );
    if (!isLegal) return [`${id} went ${story}`];
    const last = steps.at(-1);
    return last?.version === version && last.status === status
      ? []
      : [`${id} is ${version} ${status} after ${story}`];
  });
}

const follows = (before: Status = 'pending', after: Status): boolean => NEXT[before].includes(after);

function falseSights({ history, ledgers }: Evidence): string[] {
  const kept = new Set(
    ledgers.steps.map(({ orderId, version, status }) => `${orderId} ${version} ${status}`),
  );
  const sights = [...history.placings, ...history.visits].flatMap(({ begunAt, endedAt, order }): Sight[] =>
    order === undefined ? [] : [{ begunAt, endedAt, order }],
  );
  const unknown = sights
    .map(({ order: { id, version, status } }) => `${id} ${version} ${status}`)
    .filter((sight) => !kept.has(sight))
    .map((sight) => `somebody was shown ${sight}, which never was`);
  // A placing may be answered again as it was the first time, long after.
  const visits = history.visits.flatMap(({ order, ...when }): Sight[] =>
    order === undefined ? [] : [{ ...when, order }],
  );
  return [...unknown, ...[...grouped(visits, ({ order }) => order.id).values()].flatMap(backwards)];
}

/** Of two sights, one of which began after the other had ended, the later one shows nothing older. */
const backwards = (sights: readonly Sight[]): string[] =>
  sights.flatMap((earlier) =>
    sights
      .filter(({ begunAt, order }) => begunAt > earlier.endedAt && order.version < earlier.order.version)
      .map(
        ({ order }) =>
          `${order.id} was shown as ${order.version} after it had been shown as ${earlier.order.version}`,
      ),
  );
