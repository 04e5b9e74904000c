import { BrokerUrl, makeExclusiveQueue } from '@app/amqp';
import { Exchange } from '@app/contracts';
import type { Channel, ConsumeMessage } from '@app/amqp';
import { Watch, watchBroker } from '../watching/watch-broker';

/** Which messages of an exchange are watched. */
export interface Selection {
  readonly exchange: Exchange;
  /** Of a topic exchange: a pattern. */
  readonly bindingKey?: string;
  /** Of a headers exchange: a message must have all of these. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is watched, and who is told. */
export interface EventWatch extends Watch {
  readonly selections: readonly Selection[];
  /** Told of each message once, also of one that fits more than one selection. Anybody may have published it. */
  readonly onMessage: (message: ConsumeMessage) => void;
}

/**
 * Watches events through an exclusive queue, which drops its oldest ones beyond 10,000 and ends with the connection.
 * @throws BrokerUnreachable, or whatever else keeps the watch from ever beginning
 */
export async function watchEvents(url: BrokerUrl, watch: EventWatch): Promise<void> {
  await watchBroker(url, watch, { begin: (channel) => consume(channel, watch) });
}

async function consume(channel: Channel, { selections, onMessage }: EventWatch): Promise<void> {
  const queue = await makeExclusiveQueue(channel);
  for (const { exchange, bindingKey = '', headers } of selections)
    await channel.bindQueue(queue, exchange.name, bindingKey, headers && { 'x-match': 'all', ...headers });
  const tell = (message: ConsumeMessage | null): void => {
    if (message !== null) onMessage(message);
  };
  await channel.consume(queue, tell, { noAck: true });
}
