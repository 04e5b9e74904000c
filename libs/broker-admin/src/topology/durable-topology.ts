import {
  DEFAULT_QUEUE_SETTINGS,
  Exchange,
  OPS_ALERTS,
  queueName,
  QueueSettings,
  retryExchangeName,
  ServiceTopology,
} from '@app/contracts';
import {
  deadLetterQueue,
  DurableQueue,
  eventQueue,
  retryQueues,
  rpcQueue,
  taskQueue,
} from './durable-queues';
import { rpcBinding, rpcExchanges } from './rpc-topology';

export interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly routingKey: string;
}

/** Everything durable that the broker must have before anybody publishes. */
export interface DurableTopology {
  readonly exchanges: readonly Exchange[];
  readonly queues: readonly DurableQueue[];
  readonly bindings: readonly Binding[];
}

/** The whole durable topology of these services. */
export function durableTopology(
  services: readonly ServiceTopology[],
  settings: QueueSettings = DEFAULT_QUEUE_SETTINGS,
): DurableTopology {
  const parts = services.map((service) => topologyOf(service, settings));
  const events = services.flatMap(({ publishes, listensTo }) => [
    ...publishes,
    ...listensTo.map(({ exchange }) => exchange),
  ]);
  return {
    exchanges: [...new Set(events), OPS_ALERTS, ...parts.flatMap(({ exchanges }) => exchanges)],
    queues: parts.flatMap(({ queues }) => queues),
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

function topologyOf(
  { service, listensTo, works = [], answers = [] }: ServiceTopology,
  settings: QueueSettings,
): DurableTopology {
  const retryExchange = retryExchangeName(service);
  const queues = listensTo.map(({ exchange }) => queueName(service, exchange));
  const failed = [...queues, ...works].flatMap((queue) => [
    ...retryQueues(queue, settings),
    deadLetterQueue(queue, settings),
  ]);
  return {
    exchanges: [{ name: retryExchange, type: 'direct' }, ...answers.flatMap(rpcExchanges)],
    queues: [
      ...queues.map((queue) => eventQueue(queue, retryExchange, settings)),
      ...works.map(taskQueue),
      ...failed,
      ...answers.map(rpcQueue),
    ],
    bindings: [
      ...listensTo.map(({ exchange, bindingKey }) => ({
        source: exchange.name,
        destination: queueName(service, exchange),
        routingKey: bindingKey,
      })),
      ...failed.map(({ name }) => ({ source: retryExchange, destination: name, routingKey: name })),
      ...answers.map(rpcBinding),
    ],
  };
}
