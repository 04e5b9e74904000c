import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokerUrl, ExclusiveQueueSource, withChannel, withConnection } from '@app/amqp';
import { Alert, OPS_ALERTS, Severity } from '@app/contracts';
import type { Channel, ConsumeMessage } from '@app/amqp';
import { alertOf } from './alert-of';
import { WorkQueueWatch } from './work-queue-watch';

const TRY_AGAIN_MS = 1_000;

/** What is watched, and who is told. */
export interface AlertWatch {
  readonly severities: readonly [Severity, ...Severity[]];
  readonly onAlert: (alert: Alert) => void;
  /** From now on alerts are seen. */
  readonly onWatching: () => void;
  /** From now on they are not, until the next `onWatching`. */
  readonly onInterrupted: () => void;
  /** Ends the watch. */
  readonly stop: AbortSignal;
  /** Milliseconds between two looks at the work queues, and until a backlog of one is told of. */
  readonly backlog?: { readonly lookEveryMs: number; readonly afterMs: number };
}

/**
 * Watches alerts through an exclusive queue, and the work queues by looking at them: no outbox publishes to those, which
 * could tell of a backlog. It goes on until it is told to stop, and comes back after a broker that went away; what is
 * alerted meanwhile is not seen.
 * @throws BrokerUnreachable, or whatever else keeps the watch from ever beginning
 */
export async function watchAlerts(url: BrokerUrl, watch: AlertWatch): Promise<void> {
  await watchOnce(url, watch);
  while (!watch.stop.aborted) {
    watch.onInterrupted();
    await watchAgain(url, watch);
  }
}

async function watchAgain(url: BrokerUrl, watch: AlertWatch): Promise<void> {
  while (!watch.stop.aborted) {
    await sleep(TRY_AGAIN_MS, undefined, { signal: watch.stop }).catch(() => undefined);
    try {
      await watchOnce(url, watch);
      return;
    } catch {
      // Still away.
    }
  }
}

/** Resolves when a watch that had begun has ended. */
async function watchOnce(url: BrokerUrl, watch: AlertWatch): Promise<void> {
  let began = false;
  const ended = withConnection(url, (connection) =>
    withChannel(connection, async (channel) => {
      const closed = once(channel, 'close', { signal: watch.stop });
      closed.catch(() => undefined);
      await consume(channel, watch);
      began = true;
      watch.onWatching();
      await new WorkQueueWatch(connection, watch).until(closed);
    }),
  );
  await ended.catch((error: unknown) => {
    if (!began && !watch.stop.aborted) throw error;
  });
}

async function consume(
  channel: Channel,
  { severities: [first, ...others], onAlert }: AlertWatch,
): Promise<void> {
  const listening = { exchange: OPS_ALERTS, bindingKey: first };
  const queue = await new ExclusiveQueueSource(OPS_ALERTS.name, listening).prepare(channel);
  for (const severity of others) await channel.bindQueue(queue, OPS_ALERTS.name, severity);
  const tell = (message: ConsumeMessage | null): void => {
    if (message !== null) onAlert(alertOf(message));
  };
  await channel.consume(queue, tell, { noAck: true });
}
