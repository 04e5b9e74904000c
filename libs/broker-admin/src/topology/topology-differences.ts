import { QueueSettings, retryExchangeName, TOPOLOGY } from '@app/contracts';
import { Binding, DurableTopology, durableTopology } from './durable-topology';
import type { Difference } from './difference';
import { differingProperties } from './differing-properties';
import { Listed } from './management-api';
import { policyDifferences } from './policy-differences';

/** What a broker lists of a virtual host. */
interface BrokerListing {
  readonly exchanges: readonly Listed[];
  readonly queues: readonly Listed[];
  readonly bindings: readonly Listed[];
  readonly policies: readonly Listed[];
}

/** What differs between the topology and what is there. Exchanges, queues and bindings of others are theirs, unless they fill a queue of ours. */
export function topologyDifferences(
  topology: DurableTopology,
  there: BrokerListing,
  settings: QueueSettings,
): Difference[] {
  return [
    ...exchangeDifferences(topology, there),
    ...queueDifferences(topology, there),
    ...bindingDifferences(topology, there),
    ...policyDifferences(
      topology.queues.map(({ name }) => name),
      there,
      settings,
    ),
  ];
}

function exchangeDifferences({ exchanges }: DurableTopology, there: BrokerListing): Difference[] {
  return exchanges.flatMap(({ name, type }): Difference[] => {
    const found = named(there.exchanges, name);
    if (found === undefined) return [{ kind: 'missing', text: `There is no exchange ${name}` }];
    if (found.type !== type)
      return [{ kind: 'differs', text: `Exchange ${name} is of type ${String(found.type)}, not ${type}` }];
    return differingProperties(found).map((text) => ({ kind: 'differs', text: `Exchange ${name} ${text}` }));
  });
}

function queueDifferences({ queues }: DurableTopology, there: BrokerListing): Difference[] {
  return queues.flatMap(({ name, arguments: wanted }): Difference[] => {
    const found = named(there.queues, name);
    if (found === undefined) return [{ kind: 'missing', text: `There is no queue ${name}` }];
    return differingProperties(found, wanted).map((text) => ({
      kind: 'differs',
      text: `Queue ${name} ${text}`,
    }));
  });
}

function bindingDifferences(topology: DurableTopology, there: BrokerListing): Difference[] {
  const fanouts = new Set(topology.exchanges.filter(({ type }) => type === 'fanout').map(({ name }) => name));
  // A fanout looks at no key, so that a queue is bound to it whatever the key is.
  const effective = (binding: Binding): Binding =>
    fanouts.has(binding.source) ? { ...binding, routingKey: '' } : binding;
  const wanted = topology.bindings.map(effective);
  const found = there.bindings
    .filter(({ source }) => source !== '')
    .map(toBinding)
    .map(effective);
  const areThere = ({ source, destination, destinationType }: Binding): boolean =>
    named(there.exchanges, source) !== undefined &&
    named(destinationType === 'queue' ? there.queues : there.exchanges, destination) !== undefined;
  const unbound = without(wanted, found).filter(areThere);
  const tooMany = without(found, wanted).filter(
    ({ source, destination, destinationType }) =>
      destinationType === 'queue' && OUR_QUEUES.has(destination) && !RETRY_EXCHANGES.has(source),
  );
  return [
    ...unbound.map((one): Difference => ({ kind: 'unbound', text: inWords('is not bound', one) })),
    ...tooMany.map((one): Difference => ({
      kind: 'bound too much',
      text: `${inWords('is bound', one)}, and should not be`,
    })),
  ];
}

const without = (bindings: readonly Binding[], others: readonly Binding[]): Binding[] => {
  const keys = new Set(others.map(keyOf));
  return bindings.filter((binding) => !keys.has(keyOf(binding)));
};

/** Also those of services that listen through exclusive queues: what is bound to them fills until it holds up who publishes. */
const OUR_QUEUES: ReadonlySet<string> = new Set(durableTopology(TOPOLOGY).queues.map(({ name }) => name));

/** What they are bound to is filled by their own service alone. */
const RETRY_EXCHANGES: ReadonlySet<string> = new Set(
  TOPOLOGY.map(({ service }) => retryExchangeName(service)),
);

const named = (listed: readonly Listed[], wanted: string): Listed | undefined =>
  listed.find(({ name }) => name === wanted);

const toBinding = ({
  source,
  destination,
  destination_type: type,
  routing_key: routingKey,
}: Listed): Binding => ({
  source: String(source),
  destination: String(destination),
  destinationType: type === 'exchange' ? 'exchange' : 'queue',
  routingKey: String(routingKey),
});

const keyOf = ({ source, destination, destinationType, routingKey }: Binding): string =>
  JSON.stringify([source, destination, destinationType, routingKey]);

const inWords = (what: string, { source, destination, destinationType, routingKey }: Binding): string =>
  `${destinationType === 'queue' ? 'Queue' : 'Exchange'} ${destination} ${what} to ${source}${routingKey === '' ? '' : ` by "${routingKey}"`}`;
