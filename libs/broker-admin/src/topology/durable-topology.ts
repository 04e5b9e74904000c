import {
  Branch,
  BRANCHES,
  DEFAULT_QUEUE_SETTINGS,
  Exchange,
  OPS_ALERTS,
  questionsExchangeName,
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
import { rpcExchanges } from './rpc-topology';

export interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly destinationType: 'queue' | 'exchange';
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
  const events = new Set(
    services.flatMap(({ publishes, listensTo }) => [
      ...publishes,
      ...listensTo.map(({ exchange }) => exchange),
    ]),
  );
  const branches = BRANCHES.filter(({ from }) => events.has(from));
  return {
    exchanges: [
      ...events,
      ...branches.map(({ to }) => to),
      OPS_ALERTS,
      ...parts.flatMap(({ exchanges }) => exchanges),
    ],
    queues: parts.flatMap(({ queues }) => queues),
    bindings: [...branches.map(branchBinding), ...parts.flatMap(({ bindings }) => bindings)],
  };
}

const branchBinding = ({ from, to }: Branch): Binding => ({
  source: from.name,
  destination: to.name,
  destinationType: 'exchange',
  routingKey: '',
});

const queueBinding = (source: string, destination: string, routingKey: string): Binding => ({
  source,
  destination,
  destinationType: 'queue',
  routingKey,
});

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
    // In the order in which they are made: what a failed message goes to is there before the first message can come.
    queues: [
      ...failed,
      ...queues.map((queue) => eventQueue(queue, retryExchange, settings)),
      ...works.map(taskQueue),
      ...answers.map(rpcQueue),
    ],
    bindings: [
      ...listensTo.map(({ exchange, bindingKey }) =>
        queueBinding(exchange.name, queueName(service, exchange), bindingKey),
      ),
      ...failed.map(({ name }) => queueBinding(retryExchange, name, name)),
      ...answers.map((queue) => queueBinding(questionsExchangeName(queue), queue, queue)),
    ],
  };
}
