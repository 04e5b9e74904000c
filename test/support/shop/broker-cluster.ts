import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brokerDefinitions } from '@app/broker-admin';
import type { QueueSettings } from '@app/contracts';
import { ProcessLedger } from '../../../infra/processes/process-ledger';
import type { PrivateRabbitmq } from '../../../infra/rabbitmq/private-rabbitmq';
import { Accounts } from '../../../tools/launcher/suite/accounts';
import { RabbitmqCluster } from '../brokers/rabbitmq-cluster';
import type { AdministeredBroker } from './broker-desk';
import type { ShopBroker } from './shop-broker';

/** Three RabbitMQ nodes for a shop. Every service has a user of its own, with the rights that it needs. */
export class BrokerCluster implements ShopBroker {
  readonly accounts = new Accounts(this.folder);

  private constructor(
    private readonly folder: string,
    private readonly ledger: ProcessLedger,
    readonly nodes: RabbitmqCluster,
  ) {}

  static async start(queues?: QueueSettings): Promise<BrokerCluster> {
    const folder = resolve('.data', 'test', `cluster-${randomUUID().slice(0, 8)}`);
    const ledger = new ProcessLedger(folder);
    await ledger.take();
    globalThis.onExit?.(() => ledger.killAll());
    const definitions = brokerDefinitions(new Accounts(folder).broker, queues);
    const nodes = new RabbitmqCluster({ folder: join(folder, 'nodes'), ledger, definitions });
    const cluster = new BrokerCluster(folder, ledger, nodes);
    await nodes.start().catch(async (error: unknown) => {
      await cluster.close();
      throw error;
    });
    return cluster;
  }

  /** As the administrator reaches it: by a node that runs. */
  get rabbitmq(): AdministeredBroker {
    const node = this.nodes.nodes.find(({ running }) => running) ?? this.nodes.nodes[0];
    return { url: (...user) => node.url(...user), managementUrl: node.managementUrl };
  }

  get administratorUrls(): readonly string[] {
    const { name, password } = this.accounts.administrator;
    return this.nodes.urlsFor(name, password, this.accounts.vhost);
  }

  /** What a service connects to: every node. */
  urlFor(service: string): string {
    return this.nodes.urlsFor(service, this.accounts.brokerPassword(service), this.accounts.vhost).join();
  }

  /** The node that leads a quorum queue. */
  async leaderOf(queue: string): Promise<PrivateRabbitmq> {
    const facts = await this.nodes.management.get(`queues/${this.accounts.vhost}/${queue}`);
    return this.nodes.nodeNamed(Object.assign({ leader: '' }, facts).leader);
  }

  async close(): Promise<void> {
    await this.nodes.remove();
    this.ledger.release();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
