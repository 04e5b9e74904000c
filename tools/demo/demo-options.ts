import { parseArgs } from 'node:util';
import { UsageError } from '../operations/run-command';

export const USAGE = `Usage: npm run demo [-- --burst <orders>]

Starts everything on free ports, plays two orders through it, shows what came of them, and leaves nothing behind.
Exits with 0 only if every mail and every text has come.

  --burst <orders>   places so many orders at once instead, up to 100000, and shows how the queues of the services fill and empty`;

const MOST = 100_000;

/** How many orders a burst has; undefined where two orders are to be played. @throws UsageError, or what `parseArgs` throws */
export function burstOf(args: string[]): number | undefined {
  const { burst } = parseArgs({ args, options: { burst: { type: 'string' } } }).values;
  if (burst === undefined) return undefined;
  const orders = /^\d+$/.test(burst) ? Number(burst) : 0;
  if (orders < 1 || orders > MOST) throw new UsageError(`--burst ${burst}: from 1 to ${MOST} orders.`);
  return orders;
}
