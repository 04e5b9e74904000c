import { BrokerConnections, Publisher, TopologyCheck } from '@app/amqp';
import { QueueKindsConfig, queueName, ServiceTopology } from '@app/contracts';
import { ServiceName } from '@app/service';
import { Inject, Injectable, OnModuleInit } from '@nestjs/common';
import { Alerts } from '../alerts/alerts';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { ExchangeGate } from './exchange-gate';

/** The gates of the exchanges that this service publishes to. */
@Injectable()
export class ExchangeGates implements OnModuleInit {
  private gates: readonly ExchangeGate[] = [];

  constructor(
    private readonly service: ServiceName,
    private readonly connections: BrokerConnections,
    private readonly publisher: Publisher,
    private readonly kinds: QueueKindsConfig,
    private readonly alerts: Alerts,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {}

  onModuleInit(): void {
    const { topology } = this.options;
    const topologyCheck = new TopologyCheck(this.connections.publishing);
    const own = topology.find(({ service }) => service === this.service.value)?.publishes ?? [];
    const onPaused = (reason: string): void => this.alerts.raise('error', 'PUBLISHING_PAUSED', reason);
    this.gates = own.map(
      ({ name }) =>
        new ExchangeGate(name, listeningQueues(this.kinds.durable(topology), name), topologyCheck, onPaused),
    );
    this.connections.publishing.managedConnection.on('connect', () =>
      this.gates.forEach((gate) => gate.recheck()),
    );
  }

  /** The exchanges that may be published to now. */
  async open(): Promise<readonly ExchangeGate[]> {
    if (!this.publisher.isAvailable) return [];
    const open = await Promise.all(this.gates.map((gate) => gate.isOpen()));
    return this.gates.filter((_, index) => open[index]);
  }
}

/** The durable queues that hear of an exchange, whoever's they are. */
const listeningQueues = (services: readonly ServiceTopology[], exchange: string): string[] =>
  services.flatMap(({ service, listensTo }) =>
    listensTo
      .filter((listening) => listening.exchange.name === exchange)
      .map((l) => queueName(service, l.exchange)),
  );
