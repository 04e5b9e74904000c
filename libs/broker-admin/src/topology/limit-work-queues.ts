import { DEFAULT_QUEUE_SETTINGS } from '@app/contracts';
import type { TopologyToCheck } from './check-topology';
import { ManagementApi } from './management-api';
import { workQueueLimits } from './policies';

/**
 * Gives the work queues their length limit, by the policies that the definitions have too. AMQP knows no policies.
 * @throws ManagementUnavailable
 */
export async function limitWorkQueues({
  url,
  managementUrl,
  settings = DEFAULT_QUEUE_SETTINGS,
}: TopologyToCheck): Promise<void> {
  const api = new ManagementApi(url, managementUrl);
  for (const { name, ...policy } of workQueueLimits(settings)) await api.put('policies', name, policy);
}
