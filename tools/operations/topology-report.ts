import type { durableTopology } from '@app/broker-admin';
import { type QueueKindsConfig, queueName, TOPOLOGY } from '@app/contracts';

/** What is there now. */
export function topologyReport(
  { exchanges, queues, bindings }: ReturnType<typeof durableTopology>,
  kinds: QueueKindsConfig,
): string {
  const counts = `${exchanges.length} exchanges, ${queues.length} queues and ${bindings.length} bindings are there.`;
  const unbound = TOPOLOGY.filter(({ service }) => kinds.of(service) === 'exclusive').flatMap(
    ({ service, listensTo }) => listensTo.map(({ exchange }) => queueName(service, exchange)),
  );
  return [
    counts,
    ...unbound.map((queue) => `${queue} is not bound: its service listens through exclusive queues.`),
  ].join('\n');
}
