import type { Claim } from './claim';
import { NOTIFIERS } from './notifiers';

export const atRest: Claim = {
  says: 'Nothing is pending, nothing is leased, and no event waits anywhere',
  violations: ({ ledgers: { orders, notices, outboxes, queues } }) => [
    ...orders.filter(({ status }) => status === 'pending').map(({ id }) => `${id} is pending`),
    ...NOTIFIERS.flatMap(({ service }) =>
      notices[service].deliveries
        .filter(({ state }) => state !== 'sent')
        .map(({ orderId, version, state }) => `${service}: ${orderId} ${version} is ${state}`),
    ),
    ...Object.entries({ ...outboxes, ...queues })
      .filter(([, count]) => count > 0)
      .map(([where, count]) => `${count} wait in ${where}`),
  ],
};
