import type { Notices } from '../ledgers';
import { type Claim, type Evidence, grouped } from './claim';
import { type Notifier, NOTIFIERS } from './notifiers';

export const notices: Claim = {
  says: 'Every event is told of by mail and by text, to its own customer, unless newer news of its order was sent',
  violations: (evidence) =>
    NOTIFIERS.flatMap(({ service }) => unsent(evidence, service).map((line) => `${service}: ${line}`)),
};

function unsent({ ledgers }: Evidence, service: Notifier['service']): string[] {
  const { deliveries, sent } = ledgers.notices[service];
  const sentIds = new Set(sent.map(({ eventId }) => eventId));
  const known = new Map(deliveries.map((delivery) => [delivery.messageId, delivery]));
  const addressOf = new Map(
    ledgers.orders.map(({ id, customer }) => [id, service === 'email' ? customer.email : customer.phone]),
  );
  const newestSent = newestSentOf({ deliveries, sent });
  return [
    ...deliveries
      .filter(({ messageId, stale }) => !stale && !sentIds.has(messageId))
      .map(({ orderId, version }) => `${orderId} ${version} was never sent`),
    ...deliveries
      .filter(({ orderId, version, stale }) => stale && (newestSent.get(orderId) ?? 0) <= version)
      .map(({ orderId, version }) => `${orderId} ${version} was left out, and nothing newer was sent`),
    ...sent
      .filter(({ eventId, to }) => addressOf.get(known.get(eventId)?.orderId ?? '') !== to)
      .map(({ eventId, to }) => `${eventId} was sent to ${to}`),
  ];
}

function newestSentOf({ deliveries, sent }: Notices): Map<string, number> {
  const sentIds = new Set(sent.map(({ eventId }) => eventId));
  const told = deliveries.filter(({ messageId, stale }) => !stale && sentIds.has(messageId));
  return new Map(
    [...grouped(told, ({ orderId }) => orderId)].map(([orderId, all]) => [
      orderId,
      Math.max(...all.map(({ version }) => version)),
    ]),
  );
}
