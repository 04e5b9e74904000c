import { addressOf } from '@app/amqp';
import { applyTopology, TopologyDiffers } from '@app/broker-admin';
import type { QueueKindsConfig, QueueSettings } from '@app/contracts';
import { Broker } from './broker';
import { GivenBrokerUnusable } from './given-broker-unusable';

export interface GivenBrokerOptions {
  /** One for each node, of which the first that answers is asked. */
  readonly urls: readonly string[];
  readonly queueKinds?: QueueKindsConfig;
  readonly queues?: QueueSettings;
}

/** A broker that somebody else runs. It gets the durable topology, and nothing else of it is changed; all services share its user. */
export class GivenBroker extends Broker {
  readonly managementUrl = undefined;

  constructor(private readonly options: GivenBrokerOptions) {
    super();
  }

  get administratorUrl(): string {
    return this.options.urls.join();
  }

  get whereabouts(): string {
    return `${this.options.urls.map(addressOf).join(', ')}   (RABBITMQ_URL)`;
  }

  urlFor(): string {
    return this.options.urls.join();
  }

  /** All that there is to do. @throws GivenBrokerUnusable, TopologyDiffers */
  async prepare(): Promise<void> {
    const { urls, queueKinds, queues } = this.options;
    try {
      await applyTopology(urls, queueKinds, queues);
    } catch (error) {
      throw error instanceof TopologyDiffers ? error : new GivenBrokerUnusable(error);
    }
  }

  async start(): Promise<void> {
    // It runs.
  }

  async stop(): Promise<void> {
    // It is not ours.
  }

  async remove(): Promise<void> {
    // Neither is what is on it.
  }
}
