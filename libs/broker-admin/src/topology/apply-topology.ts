import { BrokerUrl, isReply, NOT_FOUND, PRECONDITION_FAILED, withChannel, withConnection } from '@app/amqp';
import {
  DEFAULT_QUEUE_SETTINGS,
  QueueKindsConfig,
  queueName,
  QueueSettings,
  ServiceTopology,
  TOPOLOGY,
} from '@app/contracts';
import type { Channel, ChannelModel } from '@app/amqp';
import { DurableTopology, durableTopology } from './durable-topology';

/** Something on the broker has the name of ours, but was made otherwise; RabbitMQ changes nothing that exists. */
export class TopologyDiffers extends Error {
  readonly code = 'TOPOLOGY_DIFFERS';

  /**
   * @param subject the queue or exchange
   * @param cause the broker's answer, which says what differs
   */
  constructor(
    readonly subject: string,
    cause: Error,
  ) {
    super(
      `"${subject}" is there already, and differs: ${cause.message}\n` +
        'Let its consumers empty it, delete it, and run this again.',
      { cause },
    );
  }
}

/**
 * Makes everything durable on a broker, as often as you like. Queues of services that listen through exclusive ones are
 * unbound, or they would fill until they hold up who publishes; the messages in them stay.
 * @param url of a user that may configure the whole vhost
 * @throws TopologyDiffers, BrokerUnreachable, BrokerConnectionLost
 */
export async function applyTopology(
  url: BrokerUrl,
  kinds = new QueueKindsConfig(),
  settings: QueueSettings = DEFAULT_QUEUE_SETTINGS,
): Promise<DurableTopology> {
  const topology = durableTopology(kinds.durable(TOPOLOGY), settings);
  const exclusive = TOPOLOGY.filter(({ service }) => kinds.of(service) === 'exclusive');
  await withConnection(url, async (connection) => {
    await withChannel(connection, (channel) => declare(channel, topology));
    for (const service of exclusive) await unbind(connection, service);
  });
  return topology;
}

/** Each queue is bound as soon as it is there, since a publisher that sees it takes it for bound. */
async function declare(channel: Channel, { exchanges, queues, bindings }: DurableTopology): Promise<void> {
  for (const { name, type } of exchanges) await declared(name, channel.assertExchange(name, type));
  for (const { destination, destinationType, source, routingKey } of bindings) {
    if (destinationType === 'exchange') await channel.bindExchange(destination, source, routingKey);
  }
  for (const { name, arguments: queueArguments } of queues) {
    await declared(name, channel.assertQueue(name, { durable: true, arguments: queueArguments }));
    for (const { source, routingKey } of bindings.filter(({ destination }) => destination === name)) {
      await channel.bindQueue(name, source, routingKey);
    }
  }
}

async function declared(name: string, declaration: Promise<unknown>): Promise<void> {
  try {
    await declaration;
  } catch (error) {
    if (!isReply(error, PRECONDITION_FAILED)) throw error;
    throw new TopologyDiffers(name, error);
  }
}

/** RabbitMQ may answer for a queue that is not there by closing the channel, so each has one of its own. */
async function unbind(connection: ChannelModel, { service, listensTo }: ServiceTopology): Promise<void> {
  for (const { exchange, bindingKey } of listensTo) {
    const queue = queueName(service, exchange);
    const unbinding = withChannel(connection, (channel) =>
      channel.unbindQueue(queue, exchange.name, bindingKey),
    );
    await unbinding.catch((error: unknown) => {
      if (!isReply(error, NOT_FOUND)) throw error;
    });
  }
}
