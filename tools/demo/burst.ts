import { type BrokerUrl, withBroker } from '@app/amqp';
import type { Channel } from '@app/amqp';
import { count } from './burst-picture';
import type { BurstScreen } from './burst-screen';
import { BurstWatch } from './burst-watch';
import { OrderBurst } from './order-burst';

/** Where a burst goes, and what is looked at. */
export interface BurstTarget {
  readonly orderApiUrl: string;
  /** The services that tell customers what becomes of their orders. */
  readonly tellers: readonly string[];
  readonly brokerUrl: BrokerUrl;
  /** Those in which events wait for a service: `email.order_events`. */
  readonly queues: readonly string[];
  /** Those of retries and dead letters too: at the end, nothing may wait in any of them. */
  readonly allQueues: readonly string[];
}

/**
 * Places many orders as fast as they are accepted, and shows how the queues fill, and how each service empties its own at its own pace.
 * @throws Error where an order is not accepted, nothing moves any more, or a message still waits at the end
 */
export async function playBurst(target: BurstTarget, orders: number, screen: BurstScreen): Promise<void> {
  console.log(`\n${count(orders)} orders at once, and how many messages wait for each service:\n`);
  const burst = new OrderBurst(target, orders);
  const emptyAt = await withBroker(target.brokerUrl, async (channel) => {
    const lastSeen = await new BurstWatch(burst, target.queues, channel).untilOver(screen);
    await assertNothingWaits(channel, target.allQueues);
    return lastSeen;
  });
  console.log(`\n${summary(burst, emptyAt)}`);
}

async function assertNothingWaits(channel: Channel, queues: readonly string[]): Promise<void> {
  const states = await Promise.all(queues.map((queue) => channel.checkQueue(queue)));
  const filled = states.filter(({ messageCount }) => messageCount > 0);
  if (filled.length === 0) return;
  throw new Error(
    `Messages still wait: ${filled.map(({ queue, messageCount }) => `${messageCount} in ${queue}`).join(', ')}`,
  );
}

function summary({ orders, tookMs = 0 }: OrderBurst, emptyAt: ReadonlyMap<string, number>): string {
  const perSecond = count(Math.round(orders / (tookMs / 1_000)));
  const paces = [...emptyAt].map(([service, ms]) => `${service} after ${seconds(ms)}`);
  const waited =
    paces.length === 0 ? 'No message had to wait.' : `The last message waited: ${paces.join(', ')}.`;
  return `${count(orders)} orders were accepted in ${seconds(tookMs)}, ${perSecond} a second. ${waited}
Now every order is decided, every customer has been told, and no message waits anywhere.`;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
