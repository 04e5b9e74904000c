import { addressOf } from '@app/amqp';
import {
  type BrokerAccounts,
  brokerDefinitions,
  provisionTopology,
  TopologyDiffers,
} from '@app/broker-admin';
import type { QueueKindsConfig, QueueSettings } from '@app/contracts';
import { GivenRabbitmq } from '../../../infra/rabbitmq/given-rabbitmq';
import type { ManagementApi } from '../../../infra/rabbitmq/management-api';
import type { RabbitmqServer } from '../../../infra/rabbitmq/rabbitmq-server';
import type { Part } from '../../../infra/processes/part';
import { GivenBrokerUnusable } from './given-broker-unusable';
import { OwnQueueDiffers } from './own-queue-differs';

export interface BrokerOptions {
  /** Of a server of our own: every service has a user with the rights that it needs. On a given one all share its user. */
  readonly accounts?: BrokerAccounts;
  readonly queues?: QueueSettings;
  readonly queueKinds?: QueueKindsConfig;
  /** Of the data of a server of our own. */
  readonly folder?: string;
}

/** The users, rights, exchanges, queues and bindings that a server of our own loads at its start. */
export const definitionsOf = ({ accounts, queues, queueKinds }: BrokerOptions): object | undefined =>
  accounts && brokerDefinitions(accounts, queues, queueKinds);

/** What the services use of a RabbitMQ server: a virtual host with the durable topology, and users of it. */
export class Broker implements Part {
  readonly name = 'rabbitmq';
  private say: (line: string) => void = () => undefined;

  constructor(
    readonly server: RabbitmqServer,
    private readonly options: BrokerOptions = {},
  ) {}

  /** Whether it was given. It gets the durable topology, and nothing else of it is changed. */
  get isGiven(): boolean {
    return this.server instanceof GivenRabbitmq;
  }

  get port(): number {
    return Number(new URL(this.server.url()).port);
  }

  get pid(): number | undefined {
    return this.server.pid;
  }

  get running(): boolean {
    return this.server.running;
  }

  /** One for each node, of the administrator, who may do everything on the virtual host; from the start on. */
  get administratorUrls(): readonly string[] {
    const { accounts } = this.options;
    return this.server.urls(accounts?.administrator, accounts?.vhost);
  }

  /** Its management API, for the administrator. */
  get management(): ManagementApi {
    return this.server.management(this.options.accounts?.administrator);
  }

  /** Where a person finds it, for the terminal. */
  get whereabouts(): string {
    const { accounts } = this.options;
    if (accounts === undefined) return `${this.server.urls().map(addressOf).join(', ')}   (RABBITMQ_URL)`;
    const { name, password } = accounts.administrator;
    return `${this.server.managementUrls.join()}   user ${name}, password ${password}`;
  }

  /** What a service, or a program of a developer's, connects to: the URL of each node, comma-separated. */
  urlFor(user: string): string {
    const { accounts } = this.options;
    const account = accounts && { name: user, password: accounts.passwords[user] ?? '' };
    return this.server.urls(account, accounts?.vhost).join();
  }

  /** What can fail is tried before anything is started. @throws GivenBrokerUnusable, TopologyDiffers, RabbitmqMissing */
  async prepare(say: (line: string) => void = () => undefined): Promise<void> {
    this.say = say;
    await this.server.prepare(say);
    if (!this.isGiven) return;
    try {
      await this.applyTopology();
    } catch (error) {
      throw error instanceof TopologyDiffers ? error : new GivenBrokerUnusable(error);
    }
  }

  /** The definitions that a node loads give every service its rights, but neither unbind a queue nor tell of one that differs. */
  async start(): Promise<void> {
    await this.server.start();
    if (!this.isGiven) await this.applyToOwn();
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  async kill(): Promise<void> {
    await this.server.kill();
  }

  async remove(): Promise<void> {
    await this.server.remove();
  }

  private async applyToOwn(): Promise<void> {
    try {
      await this.applyTopology();
    } catch (error) {
      throw error instanceof TopologyDiffers ? new OwnQueueDiffers(error, this.options.folder) : error;
    }
  }

  private async applyTopology(): Promise<void> {
    const { queues: settings, queueKinds: kinds } = this.options;
    const [managementUrl] = this.server.managementUrls;
    await provisionTopology({ url: this.administratorUrls, managementUrl, kinds, settings }, this.say);
  }
}
