import { deadLetterQueueName, ORDER_EVENTS, queueName } from '@app/contracts';
import type { Notification } from './notifications';
import type { Order } from './order';
import type { Shop } from './shop';

/** How many messages each dead-letter queue holds; those that hold none are left out. */
export type DeadLetters = Readonly<Record<string, number>>;

/** What every service has written down. */
export interface Books {
  readonly orders: readonly Pick<Order, 'id' | 'status' | 'lines'>[];
  /** How many events each order had. */
  readonly eventsOf: ReadonlyMap<string, number>;
  readonly reservations: readonly { readonly order_id: string; readonly status: string }[];
  /** The ids of the events that inventory has handled. */
  readonly inventoryInbox: readonly string[];
  readonly mails: readonly Notification[];
  readonly texts: readonly Notification[];
}

/** Reads it all; right only when the shop is at rest. */
export async function readBooks({ databases, mails, texts }: Shop): Promise<Books> {
  const counts = await databases.rows<{ order_id: string; count: string }>(
    'orders',
    'select order_id, count(*) from order_history group by order_id',
  );
  const inbox = await databases.rows<{ message_id: string }>('inventory', 'select message_id from inbox');
  return {
    orders: await databases.rows('orders', 'select id, status, lines from orders'),
    eventsOf: new Map(counts.map(({ order_id, count }) => [order_id, Number(count)])),
    reservations: await databases.rows('inventory', 'select order_id, status from reservations'),
    inventoryInbox: inbox.map(({ message_id }) => message_id),
    mails: await mails.all(),
    texts: await texts.all(),
  };
}

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
  /** Orders that were placed though their answers were lost. */
  readonly unanswered: number;
  /** Accepted orders that are missing, and events for which email or sms has neither sent a message nor kept a dead letter. */
  readonly lost: number;
}

/** The books in numbers. */
export function figuresOf({ accepted, refused }: Shop, books: Books, dead: DeadLetters): Figures {
  const { orders, eventsOf, reservations, mails, texts } = books;
  const events = [...eventsOf.values()].reduce((sum, count) => sum + count, 0);
  const kept = new Set(orders.map(({ id }) => id));
  const lostOrders = [...accepted].filter((id) => !kept.has(id)).length;
  const [mailed, texted] = [eventIdsOf(mails).size, eventIdsOf(texts).size];
  const untold = events - mailed - deadAt('email', dead) + (events - texted - deadAt('sms', dead));
  const [repeatedMails, repeatedTexts] = [mails.length - mailed, texts.length - texted];
  return {
    accepted: accepted.size,
    refused,
    events,
    handled: reservations.length,
    repeated: repeatedMails + repeatedTexts,
    repeatedMails,
    repeatedTexts,
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

/** For how many different events of each order a mail or a text was sent. */
export function countByOrder(notifications: readonly Notification[]): Map<string, number> {
  const counts = new Map<string, number>();
  const once = new Map(notifications.map((notification) => [notification.eventId, notification]));
  for (const { title } of once.values()) {
    const [orderId = title] = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(title) ?? [];
    counts.set(orderId, (counts.get(orderId) ?? 0) + 1);
  }
  return counts;
}
