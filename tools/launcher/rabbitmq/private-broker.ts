import { applyTopology, brokerDefinitions, type QueueKindsConfig, type QueueSettings } from '@app/messaging';
import { Broker } from './broker';
import { PrivateRabbitmq, type PrivateRabbitmqOptions } from './private-rabbitmq';
import { ensureRabbitmq } from './rabbitmq-install';

export interface PrivateBrokerOptions extends Omit<PrivateRabbitmqOptions, 'definitions'> {
  readonly accounts: Parameters<typeof brokerDefinitions>[0];
  readonly queueKinds?: QueueKindsConfig;
  readonly queues?: QueueSettings;
  /** Told before something is installed. */
  readonly say: (line: string) => void;
}

/** A node of our own on this machine, on which every service has a user with the rights that it needs. */
export class PrivateBroker extends Broker {
  readonly node: PrivateRabbitmq;

  constructor(private readonly options: PrivateBrokerOptions) {
    super();
    const { accounts, queues, queueKinds } = options;
    this.node = new PrivateRabbitmq({
      ...options,
      definitions: brokerDefinitions(accounts, queues, queueKinds),
    });
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
    await ensureRabbitmq(say, signal);
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

  async remove(): Promise<void> {
    await this.node.remove();
  }
}
