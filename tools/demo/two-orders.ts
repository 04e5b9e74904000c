import { NotInTime, eventually } from '../../infra/eventually';
import type { Suite } from '../launcher/suite/suite';
import { BUYERS } from './buyers';
import { Purchase } from './purchase';
import { Shop } from './shop';

const TIMEOUT_MS = 30_000;

/** Two orders, and all that comes of them. @throws Error that says what did not arrive, or arrived too often */
export async function playTwoOrders(suite: Suite): Promise<void> {
  console.log('\nTwo orders over HTTP, and what comes of them:\n');
  const shop = new Shop(suite);
  const purchases: Purchase[] = [];
  for (const buyer of BUYERS) purchases.push(await Purchase.place(shop, buyer));
  await completion(purchases);
  console.log(`\n${purchases.map((purchase) => `  ${purchase.summary()}`).join('\n')}`);
  console.log('\nAll arrived: every order was decided once, and no customer was told twice.');
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
