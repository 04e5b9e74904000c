import { doubled, type Claim, grouped } from './claim';

/** What inventory may have decided about an order that has come to a state. A cancellation may come first, and there is nothing left to decide. */
const FITTING = {
  pending: [],
  confirmed: ['reserved'],
  rejected: ['rejected'],
  cancelled: ['released', 'rejected', 'cancelled'],
} as const;

const DECISIONS = ['confirmed', 'rejected'];

export const decidedOnce: Claim = {
  says: 'Every order is decided exactly once, and order-api and inventory agree on how; a cancelled order stays cancelled',
  violations({ history, ledgers }) {
    const stepsOf = grouped(ledgers.steps, ({ orderId }) => orderId);
    const decisionOf = new Map(ledgers.reservations.map(({ orderId, status }) => [orderId, status]));
    const wrong = ledgers.orders.flatMap(({ id, status }): string[] => {
      const decisions = (stepsOf.get(id) ?? []).filter((step) => DECISIONS.includes(step.status)).length;
      if (decisions > 1 || (decisions === 0 && status !== 'cancelled'))
        return [`${id} was decided ${decisions} times`];
      const decision = decisionOf.get(id);
      return FITTING[status].some((fitting) => fitting === decision)
        ? []
        : [`${id} is ${status}, and inventory says ${decision}`];
    });
    const statusOf = new Map(ledgers.orders.map(({ id, status }) => [id, status]));
    const revived = history.visits
      .filter(
        ({ kind, status, orderId }) =>
          kind === 'cancel' && status === 200 && statusOf.get(orderId) !== 'cancelled',
      )
      .map(({ orderId }) => `${orderId} was cancelled, and is ${statusOf.get(orderId)}`);
    const twice = doubled(ledgers.reservations.map(({ orderId }) => orderId));
    return [...wrong, ...new Set(revived), ...twice.map((id) => `inventory has decided about ${id} twice`)];
  },
};
