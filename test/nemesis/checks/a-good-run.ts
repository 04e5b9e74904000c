import type { Order } from '../../support/shop/order';
import type { History, Placing } from '../history';
import type { Ledgers, Notices } from '../ledgers';
import type { Claim, Evidence } from './claim';

/** When the made-up run began, and when each thing in it happened, a second later each time. */
export const BEGAN = Date.parse('2026-03-01T12:00:00Z');
export const second = (number: number): number => BEGAN + number * 1_000;

interface Story {
  readonly id: string;
  readonly key?: string;
  readonly wish: { readonly sku: string; readonly quantity: number };
  readonly states: readonly Order['status'][];
  readonly decision: string;
}

export const A: Story = {
  id: 'A',
  key: 'key-of-A',
  wish: { sku: 'YO-YO', quantity: 2 },
  states: ['pending', 'confirmed'],
  decision: 'reserved',
};
/** Asked for without a key. */
export const B: Story = {
  id: 'B',
  wish: { sku: 'UKULELE', quantity: 9 },
  states: ['pending', 'rejected'],
  decision: 'rejected',
};
export const C: Story = {
  id: 'C',
  key: 'key-of-C',
  wish: { sku: 'YO-YO', quantity: 1 },
  states: ['pending', 'confirmed', 'cancelled'],
  decision: 'released',
};

const STORIES = [A, B, C];

const EURO = { amount: 100, currency: 'EUR' };

/** The order of a story, as it was when it had come to a version; at last where none is given. */
export function orderOf({ id, wish, states }: Story, version = states.length): Order {
  return {
    id,
    version,
    status: states[version - 1] ?? 'pending',
    customer: { name: id, email: `${id}@example.com`, phone: `+49${id}` },
    lines: [{ ...wish, name: wish.sku, unitPrice: EURO }],
    total: EURO,
    createdAt: new Date(BEGAN).toISOString(),
    history: [],
  };
}

const placingOf = (story: Story): Placing => ({
  begunAt: second(0),
  endedAt: second(1),
  status: 201,
  order: orderOf(story, 1),
  customer: `${story.id}@example.com`,
  key: story.key,
  lines: [story.wish],
});

/** The id of an event. */
export const eventId = (orderId: string, version: number): string => `event-${orderId}-${version}`;

function noticesTo(address: 'email' | 'phone'): Notices {
  const events = STORIES.flatMap((story) => story.states.map((_, index) => ({ story, version: index + 1 })));
  return {
    deliveries: events.map(({ story: { id }, version }) => ({
      messageId: eventId(id, version),
      orderId: id,
      version,
      state: 'sent',
      stale: false,
    })),
    sent: events.map(({ story, version }, index) => ({
      eventId: eventId(story.id, version),
      to: orderOf(story).customer[address],
      title: '',
      at: second(index),
    })),
  };
}

const HISTORY: History = {
  placings: STORIES.map(placingOf),
  visits: [
    { kind: 'read', orderId: 'A', begunAt: second(2), endedAt: second(3), status: 200, order: orderOf(A, 1) },
  ],
  faults: [],
  redriven: [],
};

const LEDGERS: Ledgers = {
  orders: STORIES.map((story) => ({ ...orderOf(story), reminders: 0 })),
  steps: STORIES.flatMap(({ id, states }) =>
    states.map((status, index) => ({ orderId: id, version: index + 1, status })),
  ),
  keys: [A, C].map(({ id, key = '' }) => ({ key, orderId: id })),
  reservations: STORIES.map((story) => ({
    orderId: story.id,
    status: story.decision,
    lines: orderOf(story).lines,
  })),
  openingStock: [
    { sku: 'UKULELE', onHand: 5, reserved: 0, available: 5 },
    { sku: 'YO-YO', onHand: 10, reserved: 0, available: 10 },
  ],
  stock: [
    { sku: 'UKULELE', onHand: 5, reserved: 0 },
    { sku: 'YO-YO', onHand: 10, reserved: 2 },
  ],
  inboxes: {
    inventory: [eventId('A', 1), eventId('B', 1), eventId('C', 1), eventId('C', 3)],
    'order-api': ['decision-A', 'decision-B', 'decision-C'],
  },
  notices: { email: noticesTo('email'), sms: noticesTo('phone') },
  outboxes: { 'order-api': 0, inventory: 0 },
  queues: { 'email.order_events': 0, 'email.order_events.dead': 0 },
};

/** A run of three orders that nothing speaks against, but for what is changed. */
export const aRun = (history: Partial<History> = {}, ledgers: Partial<Ledgers> = {}): Evidence => ({
  history: { ...HISTORY, ...history },
  ledgers: { ...LEDGERS, ...ledgers },
});

/** What speaks against the claim in a run that has these changes. */
export const against = (claim: Claim, history?: Partial<History>, ledgers?: Partial<Ledgers>): string[] =>
  claim.violations(aRun(history, ledgers));

/** The good run, to make a bad one of. */
export const GOOD = aRun();
