import { resolve } from 'node:path';
import { eventually } from '../../../infra/eventually';
import type { Shop } from '../shop/shop';

const FAILPOINTS = resolve('test', 'support', 'faults', 'failpoints.js');

/**
 * Starts a service anew so that it kills itself at an exact place, waits until it has, and starts it as it was.
 * @param failpoint as `failpoints.js` says
 */
export async function killAt(shop: Shop, service: string, failpoint: string): Promise<void> {
  const process = shop.suite.services.get(service);
  const env = shop.env[service] ?? {};
  await process.stop();
  const { NODE_OPTIONS = '' } = env;
  Object.assign(env, { NODE_OPTIONS: `${NODE_OPTIONS} --require "${FAILPOINTS}"`, FAILPOINT: failpoint });
  await process.launch();
  Object.assign(env, { NODE_OPTIONS, FAILPOINT: '' });
  await untilKilled(shop, service);
  await process.start();
}

/** Waits until the service has died of a `kill -9` that did not come from the launcher, and takes that off the crashes. */
async function untilKilled(shop: Shop, service: string): Promise<void> {
  await eventually(() => shop.crashes.length > 0, { within: 60_000 });
  expect(shop.crashes.splice(0)).toEqual([expect.stringContaining(`${service} ended with SIGKILL`)]);
}
