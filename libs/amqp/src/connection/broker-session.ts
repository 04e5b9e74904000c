import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelModel, ConfirmChannel, connect } from 'amqplib';
import { HEARTBEAT_SECONDS } from './connection-options';
import { BrokerConnectionLost, BrokerUnreachable } from './broker-errors';

/** One URL, or one for each node of a cluster, of which the first that answers is taken. */
export type BrokerUrl = string | readonly string[];

/**
 * Of silence while it connects. A command does not try again, so it waits longer than a service does, and longer than
 * a busy broker gives itself: its `handshake_timeout` is 10 s (https://www.rabbitmq.com/docs/configure).
 */
const CONNECT_TIMEOUT_MS = 15_000;
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * Runs a piece of work on a connection of its own, and closes that afterwards.
 * @throws BrokerUnreachable, BrokerConnectionLost
 */
export async function withConnection<T>(
  url: BrokerUrl,
  work: (connection: ChannelModel) => Promise<T>,
): Promise<T> {
  const connection = await connectToAny([url].flat());
  const state = { lost: false };
  connection.on('error', () => undefined);
  connection.once('close', () => (state.lost = true));
  try {
    return await work(connection);
  } catch (error) {
    throw state.lost ? new BrokerConnectionLost({ cause: error }) : error;
  } finally {
    await leave(connection);
  }
}

/** Runs a piece of work on a channel whose publishes are confirmed. What it has taken and not acknowledged returns to its queue. */
export async function withChannel<T>(
  connection: ChannelModel,
  work: (channel: ConfirmChannel) => Promise<T>,
): Promise<T> {
  const channel = await connection.createConfirmChannel();
  // The caller that waits for an answer is told by its rejection.
  channel.on('error', () => undefined);
  try {
    const result = await work(channel);
    await channel.close();
    return result;
  } catch (error) {
    await leave(channel);
    throw error;
  }
}

/** A connection with one such channel. */
export const withBroker = <T>(url: BrokerUrl, work: (channel: ConfirmChannel) => Promise<T>): Promise<T> =>
  withConnection(url, (connection) => withChannel(connection, work));

/** A broker that blocks publishers does not hear that we leave, and one that has gone does not answer. */
async function leave(from: ChannelModel | ConfirmChannel): Promise<void> {
  await Promise.race([
    from.close().catch(() => undefined),
    sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false }),
  ]);
}

async function connectToAny(urls: readonly string[]): Promise<ChannelModel> {
  const failures = new Map<string, unknown>();
  for (const url of urls) {
    try {
      return await connect(withHeartbeat(url), {
        timeout: CONNECT_TIMEOUT_MS,
        clientProperties: { connection_name: 'operations' },
      });
    } catch (error) {
      failures.set(url, error);
    }
  }
  throw new BrokerUnreachable(failures);
}

function withHeartbeat(url: string): string {
  const target = new URL(url);
  if (!target.searchParams.has('heartbeat')) target.searchParams.set('heartbeat', String(HEARTBEAT_SECONDS));
  return target.href;
}
