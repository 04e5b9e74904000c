import { BrokerUrl, makeExclusiveQueue } from '@app/amqp';
import { Alert, OPS_ALERTS, Severity } from '@app/contracts';
import type { Channel, ConsumeMessage } from '@app/amqp';
import { Watch, watchBroker } from '../watching/watch-broker';
import { alertOf } from './alert-of';
import { WorkQueueWatch } from './work-queue-watch';

/** What is watched, and who is told. */
export interface AlertWatch extends Watch {
  readonly severities: readonly [Severity, ...Severity[]];
  readonly onAlert: (alert: Alert) => void;
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
  await watchBroker(url, watch, {
    begin: (channel) => consume(channel, watch),
    meanwhile: (connection, ended) => new WorkQueueWatch(connection, watch).until(ended),
  });
}

async function consume(channel: Channel, { severities, onAlert }: AlertWatch): Promise<void> {
  const queue = await makeExclusiveQueue(channel);
  for (const severity of severities) await channel.bindQueue(queue, OPS_ALERTS.name, severity);
  const tell = (message: ConsumeMessage | null): void => {
    if (message !== null) onAlert(alertOf(message));
  };
  await channel.consume(queue, tell, { noAck: true });
}
