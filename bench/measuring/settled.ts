import { eventually } from '../../infra/eventually';
import type { Contestant } from '../contestants/contestant';

const TIMEOUT_MS = 1_800_000;

/** Two mails and two texts: one each for an order that came, and for its decision. */
const NEWS_PER_ORDER = 4;

/** Milliseconds since 1970 at which no order waits for its decision any more. */
export async function allDecided(contestant: Contestant): Promise<number> {
  await eventually(async () => !(await contestant.orders.hasPending()), {
    what: 'all orders to be decided',
    within: TIMEOUT_MS,
  });
  return Date.now();
}

/** Milliseconds since 1970 at which every customer was told everything. @param orders all that were placed since it was empty */
export async function allTold(contestant: Contestant, orders: number): Promise<number> {
  const told = async (): Promise<boolean> => (await contestant.told()) >= orders * NEWS_PER_ORDER;
  await eventually(told, { what: 'all customers to be told', within: TIMEOUT_MS });
  return Date.now();
}
