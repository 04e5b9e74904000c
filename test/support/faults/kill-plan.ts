import { setTimeout as elapsed } from 'node:timers/promises';
import type { MailServer } from '../shop/mail-server';
import type { Shop } from '../shop/shop';
import { SeededRandom } from './seeded-random';

const SERVICES = ['order-api', 'inventory', 'email', 'sms', 'sms-gateway'] as const;
const COMPONENTS = [...SERVICES, 'broker', 'database', 'mail-server'] as const;

export type Component = (typeof COMPONENTS)[number];

export interface Kill {
  readonly component: Component;
  /** How many more orders are accepted before. */
  readonly afterOrders: number;
  readonly awayMs: number;
}

/** Every component so many times, in an order of its own for each seed, spread over the orders. */
export function killPlan(seed: number, times: number, orders: number): Kill[] {
  const random = new SeededRandom(seed);
  const all = Array.from({ length: times }, () => COMPONENTS).flat();
  const spread = Math.floor(orders / all.length);
  return random.shuffled(all).map((component) => ({
    component,
    afterOrders: random.between(Math.floor(spread / 2), spread),
    awayMs: random.between(0, 3_000),
  }));
}

interface Mortal {
  kill(): Promise<unknown>;
  start(): Promise<unknown>;
}

/** Kills the component, as `kill -9` does, and starts it again. */
export async function carryOut(
  { component, awayMs }: Kill,
  shop: Shop,
  mailServer: MailServer,
): Promise<void> {
  const mortal = mortalOf(component, shop, mailServer);
  await mortal.kill();
  await elapsed(awayMs);
  await mortal.start();
}

function mortalOf(component: Component, { suite }: Shop, mailServer: MailServer): Mortal {
  if (component === 'broker') return suite.rabbitmq;
  if (component === 'database') return suite.postgres;
  if (component === 'mail-server') return { kill: () => mailServer.stop(), start: () => mailServer.start() };
  return suite.services.get(component);
}
