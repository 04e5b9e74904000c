import type { Delivery } from '../ledgers';
import { doubled, type Claim, type Evidence, grouped } from './claim';

/** Events of these states are for inventory too. */
const FOR_INVENTORY = ['pending', 'cancelled'];

export const effects: Claim = {
  says: 'Every event of every order has come to each service once, under one id, and no event has come that is none',
  violations: (evidence) => [...untold(evidence), ...atInventory(evidence), ...atOrderApi(evidence)],
};

/** Email and sms have one row for each event, and call it by the same id. */
function untold({ ledgers: { steps, notices } }: Evidence): string[] {
  const expected = steps.map(eventOf);
  const ids = idsOf(notices.email.deliveries);
  return (['email', 'sms'] as const).flatMap((service): string[] => {
    const events = notices[service].deliveries.map(eventOf);
    const known = new Set(events);
    const real = new Set(expected);
    const own = idsOf(notices[service].deliveries);
    return [
      ...expected
        .filter((event) => !known.has(event))
        .map((event) => `${service} has never heard of ${event}`),
      ...events
        .filter((event) => !real.has(event))
        .map((event) => `${service} has heard of ${event}, which never was`),
      ...doubled(events).map((event) => `${service} has heard of ${event} as of two events`),
      ...expected
        .filter((event) => own.has(event) && ids.has(event) && own.get(event) !== ids.get(event))
        .map((event) => `${event} has one id at email and another one at ${service}`),
    ];
  });
}

/** Beside the events that all hear of, reminders come to inventory alone. */
function atInventory({ ledgers: { orders, steps, notices, inboxes } }: Evidence): string[] {
  const ids = idsOf(notices.email.deliveries);
  const handled = new Set(inboxes.inventory);
  const expected = steps.filter(({ status }) => FOR_INVENTORY.includes(status)).map(eventOf);
  const missing = expected.filter((event) => ids.has(event) && !handled.has(ids.get(event) ?? ''));
  const others = inboxes.inventory.length - expected.length + missing.length;
  const reminders = orders.reduce((sum, order) => sum + order.reminders, 0);
  return [
    ...missing.map((event) => `inventory has never heard of ${event}`),
    ...(others === reminders
      ? []
      : [`inventory has handled ${others} events that are no steps, and there were ${reminders} reminders`]),
  ];
}

/** One for each decision, and at most one more for each reminder. */
function atOrderApi({ ledgers: { orders, reservations, inboxes } }: Evidence): string[] {
  const decisions = reservations.filter(({ status }) => status !== 'cancelled').length;
  const reminders = orders.reduce((sum, order) => sum + order.reminders, 0);
  const handled = inboxes['order-api'].length;
  return handled >= decisions && handled <= decisions + reminders
    ? []
    : [`order-api has handled ${handled} decisions of ${decisions}, with ${reminders} reminders`];
}

const eventOf = ({ orderId, version }: { orderId: string; version: number }): string =>
  `${orderId} ${version}`;

const idsOf = (deliveries: readonly Delivery[]): Map<string, string> =>
  new Map([...grouped(deliveries, eventOf)].map(([event, [first]]) => [event, first?.messageId ?? '']));
