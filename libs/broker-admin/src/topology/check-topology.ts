import { BrokerUrl } from '@app/amqp';
import { DEFAULT_QUEUE_SETTINGS, QueueKindsConfig, QueueSettings, TOPOLOGY } from '@app/contracts';
import type { Difference } from './difference';
import { durableTopology } from './durable-topology';
import { ManagementApi } from './management-api';
import { topologyDifferences } from './topology-differences';

/** Which broker is looked at, and what ought to be there. */
export interface TopologyToCheck {
  readonly url: BrokerUrl;
  /** Of the management API; where absent, the usual port of the broker's host. */
  readonly managementUrl?: string;
  readonly kinds?: QueueKindsConfig;
  readonly settings?: QueueSettings;
}

/**
 * Looks whether everything durable is there as it was made, bindings and policies included, and changes nothing. AMQP lists neither, so a queue
 * that was unbound, or whose messages a policy lets expire, is seen by this alone.
 * @throws ManagementUnavailable
 */
export async function checkTopology({
  url,
  managementUrl,
  kinds = new QueueKindsConfig(),
  settings = DEFAULT_QUEUE_SETTINGS,
}: TopologyToCheck): Promise<Difference[]> {
  const api = new ManagementApi(url, managementUrl);
  const [exchanges, queues, bindings, policies] = await Promise.all([
    api.list('exchanges'),
    api.list('queues'),
    api.list('bindings'),
    api.list('policies'),
  ]);
  const there = { exchanges, queues, bindings, policies };
  return topologyDifferences(durableTopology(kinds.durable(TOPOLOGY), settings), there, settings);
}
