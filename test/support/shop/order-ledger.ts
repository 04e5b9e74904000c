import { deadLetterQueueName, ORDER_EVENTS, queueName } from '@app/contracts';
import type { Notification } from './notifications';
import type { Order } from './order';
import type { Shop } from './shop';

/** How many messages each dead-letter queue holds; those that hold none are left out. */
export type DeadLetters = Readonly<Record<string, number>>;

/** What every service has written down. */
export interface OrderLedger {
  readonly orders: readonly (Pick<Order, 'id' | 'status' | 'lines'> & {
    /** How often inventory was asked again for its decision. */
    readonly reminders: number;
  })[];
  /** How many events each order had. */
  readonly eventsOf: ReadonlyMap<string, number>;
  readonly reservations: readonly { readonly order_id: string; readonly status: string }[];
  /** The ids of the events that inventory has handled. */
  readonly inventoryInbox: readonly string[];
  readonly mails: readonly Notification[];
  readonly texts: readonly Notification[];
  readonly staleMails: readonly StaleNews[];
  readonly staleTexts: readonly StaleNews[];
}

/** An event that email or sms has not told of, since it had told of a newer one of the order. */
export interface StaleNews {
  readonly eventId: string;
  readonly orderId: string;
  readonly newerId: string | null;
}

/** Reads it all; right only when the shop is at rest. */
export async function readOrderLedger({ databases, mails, texts }: Shop): Promise<OrderLedger> {
  const counts = await databases.rows<{ order_id: string; count: string }>(
    'orders',
    'select order_id, count(*) from order_history group by order_id',
  );
  const inbox = await databases.rows<{ message_id: string }>('inventory', 'select message_id from inbox');
  return {
    orders: await databases.rows('orders', 'select id, status, lines, reminders from orders'),
    eventsOf: new Map(counts.map(({ order_id, count }) => [order_id, Number(count)])),
    reservations: await databases.rows('inventory', 'select order_id, status from reservations'),
    inventoryInbox: inbox.map(({ message_id }) => message_id),
    mails: await mails.all(),
    texts: await texts.all(),
    staleMails: await databases.rows('email', STALE_NEWS),
    staleTexts: await databases.rows('sms', STALE_NEWS),
  };
}

const STALE_NEWS = `
  select message_id as "eventId", order_id as "orderId", (
    select newer.message_id from deliveries as newer
    where newer.order_id = stale.order_id and newer.order_version > stale.order_version
      and newer.state = 'sent' and not newer.stale limit 1
  ) as "newerId"
  from deliveries as stale where stale.stale`;

export interface Figures {
  /** Answers `201`. */
  readonly accepted: number;
  /** All other answers, and orders that were not answered at all. */
  readonly refused: number;
  /** Order events that were published. */
  readonly events: number;
  /** Stock decisions. */
  readonly handled: number;
  /** Mails and texts that went out again. */
  readonly repeated: number;
  readonly repeatedMails: number;
  readonly repeatedTexts: number;
  /** Mails and texts that were not sent, since newer news of the order had been. */
  readonly staleMails: number;
  readonly staleTexts: number;
  /** Orders that were placed though their answers were lost. */
  readonly unanswered: number;
  /** Accepted orders that are missing, and events for which email or sms has neither sent a message nor kept a stale mark or a dead letter. */
  readonly lost: number;
}

/** The ledger in numbers. */
export function figuresOf({ accepted, refused }: Shop, ledger: OrderLedger, dead: DeadLetters): Figures {
  const { orders, eventsOf, reservations, mails, texts, staleMails, staleTexts } = ledger;
  const events = [...eventsOf.values()].reduce((sum, count) => sum + count, 0);
  const kept = new Set(orders.map(({ id }) => id));
  const lostOrders = [...accepted].filter((id) => !kept.has(id)).length;
  const untoldBy = (service: string, settled: Set<string>) => events - settled.size - deadAt(service, dead);
  const untold =
    untoldBy('email', settledIds(mails, staleMails)) + untoldBy('sms', settledIds(texts, staleTexts));
  const repeatedMails = mails.length - eventIdsOf(mails).size;
  const repeatedTexts = texts.length - eventIdsOf(texts).size;
  return {
    accepted: accepted.size,
    refused,
    events,
    handled: reservations.length,
    repeated: repeatedMails + repeatedTexts,
    repeatedMails,
    repeatedTexts,
    staleMails: staleMails.length,
    staleTexts: staleTexts.length,
    unanswered: kept.size + lostOrders - accepted.size,
    lost: lostOrders + untold,
  };
}

/** How many order events a service has given up. */
export const deadAt = (service: string, dead: DeadLetters): number =>
  dead[deadLetterQueueName(queueName(service, ORDER_EVENTS))] ?? 0;

/** The events for which a mail or a text was sent. */
export const eventIdsOf = (notifications: readonly Notification[]): Set<string> =>
  new Set(notifications.map(({ eventId }) => eventId));

/** The events that were told of, or are stale. */
export const settledIds = (told: readonly Notification[], stale: readonly StaleNews[]): Set<string> =>
  new Set([...told, ...stale].map(({ eventId }) => eventId));

/** How many different events of each order were told of, or are stale. */
export function countByOrder(
  told: readonly Notification[],
  stale: readonly StaleNews[],
): Map<string, number> {
  const orderOf = new Map(told.map(({ eventId, title }) => [eventId, orderIn(title)]));
  for (const { eventId, orderId } of stale) orderOf.set(eventId, orderId);
  const counts = new Map<string, number>();
  for (const orderId of orderOf.values()) counts.set(orderId, (counts.get(orderId) ?? 0) + 1);
  return counts;
}

/** The order's id in a title, or the title where there is none. */
const orderIn = (title: string): string => /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(title)?.[0] ?? title;
