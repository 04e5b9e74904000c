import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokerUrl, withChannel, withConnection } from '@app/amqp';
import type { Channel, ChannelModel } from '@app/amqp';

const TRY_AGAIN_MS = 1_000;

/** Who is told how a watch goes, and who ends it. */
export interface Watch {
  /** From now on everything is seen. */
  readonly onWatching: () => void;
  /** From now on it is not, until the next `onWatching`. */
  readonly onInterrupted: () => void;
  /** Ends the watch. */
  readonly stop: AbortSignal;
}

/** What a watch does on each connection that it gets. */
export interface Session {
  /** Makes a queue and consumes from it. */
  readonly begin: (channel: Channel) => Promise<void>;
  /** What it does besides, until the connection ends. */
  readonly meanwhile?: (connection: ChannelModel, ended: Promise<unknown>) => Promise<void>;
}

/**
 * Watches until it is told to stop, and comes back after a broker that went away. What is published meanwhile is not seen.
 * @throws BrokerUnreachable, or whatever else keeps the watch from ever beginning
 */
export async function watchBroker(url: BrokerUrl, watch: Watch, session: Session): Promise<void> {
  await watchOnce(url, watch, session);
  while (!watch.stop.aborted) {
    watch.onInterrupted();
    await watchAgain(url, watch, session);
  }
}

async function watchAgain(url: BrokerUrl, watch: Watch, session: Session): Promise<void> {
  while (!watch.stop.aborted) {
    await sleep(TRY_AGAIN_MS, undefined, { signal: watch.stop }).catch(() => undefined);
    try {
      await watchOnce(url, watch, session);
      return;
    } catch {
      // Still away.
    }
  }
}

/** Resolves when a watch that had begun has ended. */
async function watchOnce(
  url: BrokerUrl,
  watch: Watch,
  { begin, meanwhile = (_, ended) => ended.then(() => undefined) }: Session,
): Promise<void> {
  let began = false;
  const ended = withConnection(url, (connection) =>
    withChannel(connection, async (channel) => {
      const closed = once(channel, 'close', { signal: watch.stop });
      closed.catch(() => undefined);
      await begin(channel);
      began = true;
      watch.onWatching();
      await meanwhile(connection, closed);
    }),
  );
  await ended.catch((error: unknown) => {
    if (!began && !watch.stop.aborted) throw error;
  });
}
