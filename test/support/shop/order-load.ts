import { setTimeout as sleep } from 'node:timers/promises';
import { anOrder, type Wish } from './order';
import type { Shop } from './shop';

export interface OrderLoad {
  /** How many order at the same time. */
  readonly customers: number;
  /** Asked before each order. */
  readonly goesOn: () => boolean;
  readonly wish: () => Wish;
  /** How long a customer thinks before the next order, in milliseconds. */
  readonly thinksMs?: number;
}

/** Many customers, each with one order after the other. An order without an answer counts as refused. */
export async function placeOrders(
  shop: Shop,
  { customers, goesOn, wish, thinksMs = 0 }: OrderLoad,
): Promise<void> {
  const customer = async (): Promise<void> => {
    while (goesOn()) {
      await shop.ask(anOrder(wish())).catch(() => (shop.refused += 1));
      if (thinksMs > 0) await sleep(thinksMs);
    }
  };
  await Promise.all(Array.from({ length: customers }, customer));
}

/** The same until told to end. */
export function keepOrdering(shop: Shop, options: Omit<OrderLoad, 'goesOn'>): { end(): Promise<void> } {
  let open = true;
  const running = placeOrders(shop, { ...options, goesOn: () => open });
  return {
    end: () => {
      open = false;
      return running;
    },
  };
}
