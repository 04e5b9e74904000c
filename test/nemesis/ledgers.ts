import type { Databases } from '../support/shop/databases';
import type { Notification } from '../support/shop/notifications';
import type { Order } from '../support/shop/order';
import type { Shop, StockLevel } from '../support/shop/shop';

/** A row of email's or sms's table `deliveries` that tells of an order. */
export interface Delivery {
  readonly messageId: string;
  readonly orderId: string;
  readonly version: number;
  readonly state: string;
  readonly stale: boolean;
}

/** What a notifier has written down, and what reached its provider, in the order in which it came. */
export interface Notices {
  readonly deliveries: readonly Delivery[];
  readonly sent: readonly Notification[];
}

export interface Ledgers {
  readonly orders: readonly (Pick<Order, 'id' | 'status' | 'version' | 'customer' | 'lines'> & {
    /** How often inventory was asked again for its decision. */
    readonly reminders: number;
  })[];
  /** Sorted by order and version. */
  readonly steps: readonly {
    readonly orderId: string;
    readonly version: number;
    readonly status: Order['status'];
  }[];
  readonly keys: readonly { readonly key: string; readonly orderId: string }[];
  readonly reservations: readonly {
    readonly orderId: string;
    readonly status: string;
    readonly lines: Order['lines'];
  }[];
  readonly openingStock: readonly StockLevel[];
  readonly stock: readonly { readonly sku: string; readonly onHand: number; readonly reserved: number }[];
  /** The ids of the order events that inventory has handled, and those of the stock events that order-api has. */
  readonly inboxes: { readonly inventory: readonly string[]; readonly 'order-api': readonly string[] };
  readonly notices: { readonly email: Notices; readonly sms: Notices };
  /** How many events wait. */
  readonly outboxes: Readonly<Record<string, number>>;
  /** How many messages each queue holds. */
  readonly queues: Readonly<Record<string, number>>;
}

const DELIVERIES = `
  select message_id as "messageId", order_id as "orderId", order_version::integer as version, state, coalesce(stale, false) as stale
  from deliveries where order_id is not null order by order_id, order_version, message_id`;

/** Reads all that the services have written down; right only when the shop is at rest. */
export async function readLedgers({ databases, broker, mails, texts, openingStock }: Shop): Promise<Ledgers> {
  return {
    orders: await databases.rows(
      'orders',
      'select id, status, version, customer, lines, reminders from orders order by id',
    ),
    steps: await databases.rows(
      'orders',
      'select order_id as "orderId", version, status from order_history order by order_id, version',
    ),
    keys: await databases.rows(
      'orders',
      `select key, answer ->> 'id' as "orderId" from idempotency_keys order by key`,
    ),
    reservations: await databases.rows(
      'inventory',
      'select order_id as "orderId", status, lines from reservations order by order_id',
    ),
    openingStock,
    stock: await databases.rows(
      'inventory',
      'select sku, on_hand as "onHand", reserved from stock order by sku',
    ),
    inboxes: {
      inventory: await inboxOf(databases, 'inventory'),
      'order-api': await inboxOf(databases, 'orders'),
    },
    notices: {
      email: { deliveries: await databases.rows('email', DELIVERIES), sent: await mails.all() },
      sms: { deliveries: await databases.rows('sms', DELIVERIES), sent: await texts.all() },
    },
    outboxes: {
      'order-api': await waitingIn(databases, 'orders'),
      inventory: await waitingIn(databases, 'inventory'),
    },
    queues: await broker.depths(),
  };
}

async function inboxOf(databases: Databases, database: 'orders' | 'inventory'): Promise<string[]> {
  const rows = await databases.rows<{ message_id: string }>(database, 'select message_id from inbox');
  return rows.map(({ message_id }) => message_id);
}

const waitingIn = (databases: Databases, database: 'orders' | 'inventory'): Promise<number> =>
  databases.count(database, 'select count(*) from outbox');
