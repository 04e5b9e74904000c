import { eventually } from '../../../infra/eventually';
import { keepOrdering, type OrderLoad } from '../shop/order-load';
import type { Shop } from '../shop/shop';
import { isFull, load } from './load';

export interface Load extends Partial<Omit<OrderLoad, 'goesOn'>> {
  /** How many are accepted at least. */
  readonly orders?: number;
  /** How many milliseconds these may take once the fault is over. */
  readonly within?: number;
}

/** About a hundred orders a second, or thirty in the short run. */
const USUAL = { customers: 20, thinksMs: isFull ? 200 : 600, wish: () => ({ 'PAPER-CLIP': 1 }) };

/** Lets customers order all the while that the fault lasts, and then until enough was accepted. */
export async function underLoad(
  shop: Shop,
  fault: () => Promise<unknown>,
  { orders = load(), within = 300_000, ...options }: Load = {},
): Promise<void> {
  const goal = shop.accepted.size + orders;
  const customers = keepOrdering(shop, { ...USUAL, ...options });
  try {
    await fault();
    await eventually(() => shop.accepted.size >= goal, { within });
  } finally {
    await customers.end();
  }
}
