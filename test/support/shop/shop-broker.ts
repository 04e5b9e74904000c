import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DEVELOPMENT_USERS } from '@app/broker-admin';
import { type QueueSettings, TOPOLOGY } from '@app/contracts';
import { RabbitmqCluster } from '../../../infra/rabbitmq/rabbitmq-cluster';
import { Broker, definitionsOf } from '../../../tools/launcher/suite/broker';
import { sharedRabbitmq } from '../addresses';
import { TestFolder } from '../test-folder';
import type { DeploymentOptions } from './deployment';

/** A broker that a shop uses in place of one of its own. */
export interface ShopBroker {
  readonly broker: Broker;
  /** The way that the services take to it, such as a proxy; the straight one where absent. */
  readonly through?: (url: string) => string;
  /** Leaves nothing of the shop on it. */
  close(): Promise<void>;
}

/** As a broker of the launcher's: every service has a user of its own, with the rights that it needs. The same password on every virtual host: users are the node's. */
const accountsOn = (vhost: string) => ({
  vhost,
  administrator: { name: 'administrator', password: 'secret' },
  passwords: Object.fromEntries(
    [...TOPOLOGY.map(({ service }) => service), ...DEVELOPMENT_USERS].map((name) => [name, name]),
  ),
});

/**
 * A virtual host on the node that all of a test run shares, with what a node of the shop's own would have. For tests that leave the
 * node alone: its start takes longer than all the rest of a shop's.
 */
export async function sharedBroker({ queues, queueKinds }: DeploymentOptions = {}): Promise<ShopBroker> {
  const vhost = `shop-${randomUUID().slice(0, 8)}`;
  const chosen = { accounts: accountsOn(vhost), queues, queueKinds };
  const server = sharedRabbitmq();
  await server.management().post('definitions', definitionsOf(chosen));
  return {
    broker: new Broker(server, chosen),
    close: () => server.management().delete(`vhosts/${vhost}`),
  };
}

/** Three RabbitMQ nodes for a shop. */
export async function clusterBroker(
  queues?: QueueSettings,
): Promise<ShopBroker & { readonly cluster: RabbitmqCluster }> {
  const folder = await TestFolder.take('cluster');
  const { path, ledger } = folder;
  const chosen = { accounts: accountsOn('order-events'), queues };
  const cluster = new RabbitmqCluster({
    folder: join(path, 'nodes'),
    ledger,
    definitions: definitionsOf(chosen),
  });
  const close = async (): Promise<void> => {
    await cluster.remove();
    folder.remove();
  };
  await cluster.start().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { broker: new Broker(cluster, chosen), cluster, close };
}
