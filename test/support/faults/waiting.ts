import type { Shop } from '../shop/shop';

/** How many of these orders the broker has not yet heard of. */
export const waitingOf = (shop: Shop, orderIds: readonly string[]): Promise<number> =>
  shop.databases.count(
    'orders',
    `select count(*) from outbox where routing_key = 'order.created' and body::json ->> 'subject' = any($1)`,
    [orderIds],
  );
