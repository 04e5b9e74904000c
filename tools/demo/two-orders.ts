import { NotInTime, eventually } from '../../infra/eventually';
import type { Suite } from '../launcher/suite/suite';
import type { TraceStore } from '../launcher/tracing/trace-store';
import { BUYERS } from './buyers';
import { Purchase } from './purchase';
import { Shop } from './shop';

const TIMEOUT_MS = 30_000;

/**
 * Two orders, and all that comes of them; at last, the way of the first one.
 * @param traces where the spans are; undefined where they go elsewhere
 * @throws Error that says what did not arrive, or arrived too often
 */
export async function playTwoOrders(suite: Suite, traces?: TraceStore): Promise<void> {
  console.log('\nTwo orders over HTTP, and what comes of them:\n');
  const shop = new Shop(suite);
  const purchases: Purchase[] = [];
  for (const buyer of BUYERS) purchases.push(await Purchase.place(shop, buyer));
  await completion(purchases);
  console.log(`\n${purchases.map((purchase) => `  ${purchase.summary()}`).join('\n')}`);
  console.log('\nAll arrived: every order was decided once, and no customer was told twice.');
  const [first] = purchases;
  if (first !== undefined && traces !== undefined) await first.showWay(traces);
}

async function completion(purchases: readonly Purchase[]): Promise<void> {
  try {
    await eventually(() => lookAtAll(purchases), { what: 'everything to arrive', within: TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof NotInTime)) throw error;
    const shortcomings = purchases.flatMap((purchase) => purchase.shortcomings());
    throw new Error(`The demo failed: ${error.message}\n  ${shortcomings.join('\n  ')}`, { cause: error });
  }
}

async function lookAtAll(purchases: readonly Purchase[]): Promise<boolean> {
  const complete: boolean[] = [];
  for (const purchase of purchases) complete.push(await purchase.look());
  return complete.every(Boolean);
}
