import type { Shop } from '../shop/shop';

/** How many of these orders the broker has not yet heard of. */
export const countWaiting = (shop: Shop, orderIds: readonly string[]): Promise<number> =>
  shop.databases.count(
    'orders',
    `select count(*) from outbox where routing_key = 'order.created' and body::json ->> 'subject' = any($1)`,
    [orderIds],
  );

/** How many of these orders, or of all, inventory has decided about. */
export const countDecided = (shop: Shop, orderIds?: readonly string[]): Promise<number> =>
  shop.databases.count(
    'orders',
    `select count(*) from orders where status <> 'pending' and ($1::uuid[] is null or id = any($1))`,
    [orderIds ?? null],
  );
