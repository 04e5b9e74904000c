import { BrokerConnections, Publisher, TopologyCheck } from '@app/amqp';
import { Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { Alerts } from '../alerts/alerts';
import { OwnTopology } from '../config/own-topology';
import { PublishedExchange } from './published-exchange';

/** The exchanges that this service publishes to. */
@Injectable()
export class PublishedExchanges implements OnModuleInit {
  private readonly logger = new Logger(PublishedExchanges.name);
  all: readonly PublishedExchange[] = [];

  constructor(
    private readonly topology: OwnTopology,
    private readonly connections: BrokerConnections,
    private readonly publisher: Publisher,
    private readonly alerts: Alerts,
  ) {}

  onModuleInit(): void {
    // An alarm blocks the other connection, and the answer after a batch would not come.
    const check = new TopologyCheck(this.connections.consuming);
    this.all = this.topology.publishes.map((exchange) => {
      const queues = this.topology.durableQueuesOf(exchange);
      const onPaused = (reason: string): void => void this.tell(reason, queues, check);
      return new PublishedExchange(exchange.name, queues, check, onPaused);
    });
    this.connections.publishing.managedConnection.on('connect', () =>
      this.all.forEach((exchange) => exchange.recheck()),
    );
  }

  /** Every queue that should hear of what is published. */
  get queues(): readonly string[] {
    return [...new Set(this.all.flatMap(({ queues }) => queues))];
  }

  get isAnyPaused(): boolean {
    return this.all.some(({ isPaused }) => isPaused);
  }

  /** The exchanges that may be published to now. */
  async ready(): Promise<readonly PublishedExchange[]> {
    if (!this.publisher.isAvailable) return [];
    const ready = await Promise.all(this.all.map((exchange) => exchange.mayBePublishedTo()));
    return this.all.filter((_, index) => ready[index]);
  }

  /** The broker does not say which queue has refused a message; that is the longest. */
  private async tell(reason: string, queues: readonly string[], check: TopologyCheck): Promise<void> {
    const lengths = await Promise.all(queues.map((queue) => this.lengthOf(queue, check)));
    const [longest] = [...lengths].sort((one, other) => other.messages - one.messages);
    const isEmpty = longest === undefined || longest.messages === 0;
    const more = isEmpty ? '' : ` Its longest queue is ${longest.queue} with ${longest.messages} messages.`;
    this.alerts.raise('error', 'PUBLISHING_PAUSED', reason + more);
  }

  private async lengthOf(queue: string, check: TopologyCheck): Promise<{ queue: string; messages: number }> {
    const state = await check.stateOf(queue).catch((error: unknown) => this.logger.debug(error));
    return { queue, messages: state?.messages ?? 0 };
  }
}
