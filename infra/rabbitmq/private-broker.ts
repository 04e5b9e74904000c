import { applyTopology, brokerDefinitions } from '@app/broker-admin';
import type { QueueKindsConfig, QueueSettings } from '@app/contracts';
import type { Part } from '../processes/part';
import { Broker } from './broker';
import { ContainerRabbitmq, hasEngine } from './container-rabbitmq';
import { PrivateRabbitmq, type PrivateRabbitmqOptions } from './private-rabbitmq';
import { ensureRabbitmq } from './rabbitmq-install';
import type { RabbitmqNode } from './rabbitmq-node';
import { findRabbitmqServer } from './rabbitmq-programs';

export interface PrivateBrokerOptions extends Omit<PrivateRabbitmqOptions, 'definitions'> {
  readonly accounts: Parameters<typeof brokerDefinitions>[0];
  readonly queueKinds?: QueueKindsConfig;
  readonly queues?: QueueSettings;
  /** Told before something is installed. */
  readonly say: (line: string) => void;
  /** `container`: not the RabbitMQ that is installed, but that of the compose file. Where absent, what this machine has. */
  readonly runsIn?: 'process' | 'container';
}

/** A node of our own on this machine, on which every service has a user with the rights that it needs. */
export class PrivateBroker extends Broker implements Part {
  readonly name = 'rabbitmq';
  readonly node: RabbitmqNode;

  constructor(private readonly options: PrivateBrokerOptions) {
    super();
    const { accounts, queues, queueKinds, runsIn = whatThisMachineHas() } = options;
    const definitions = brokerDefinitions(accounts, queues, queueKinds);
    const Node = runsIn === 'process' ? PrivateRabbitmq : ContainerRabbitmq;
    this.node = new Node({ ...options, definitions });
  }

  get port(): number {
    return Number(new URL(this.administratorUrl).port);
  }

  get pid(): number | undefined {
    return this.node.pid;
  }

  get running(): boolean {
    return this.node.running;
  }

  get administratorUrl(): string {
    const { administrator, vhost } = this.options.accounts;
    return this.node.url(administrator.name, administrator.password, vhost);
  }

  get managementUrl(): string {
    return this.node.managementUrl;
  }

  get whereabouts(): string {
    const { name, password } = this.options.accounts.administrator;
    return `${this.managementUrl}   user ${name}, password ${password}`;
  }

  urlFor(service: string): string {
    const { passwords, vhost } = this.options.accounts;
    return this.node.url(service, passwords[service] ?? '', vhost);
  }

  async prepare(): Promise<void> {
    const { say, signal } = this.options;
    if (this.node instanceof PrivateRabbitmq) await ensureRabbitmq(say, signal);
    else say('RabbitMQ is not installed: running it in a container.');
  }

  /** The definitions that the node loads give every service its rights, but neither unbind a queue nor tell of one that differs. */
  async start(): Promise<void> {
    await this.node.start();
    const { queues, queueKinds } = this.options;
    await applyTopology(this.administratorUrl, queueKinds, queues);
  }

  async stop(): Promise<void> {
    await this.node.stop();
  }

  async kill(): Promise<void> {
    await this.node.kill();
  }

  async remove(): Promise<void> {
    await this.node.remove();
  }
}

/** A process is up sooner than a container, which in turn leaves less behind than an installation. */
const whatThisMachineHas = (): 'process' | 'container' =>
  findRabbitmqServer() === undefined && hasEngine() ? 'container' : 'process';
