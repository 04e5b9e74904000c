import { queueName, ServiceTopology, TOPOLOGY } from '@app/contracts';
import { ServiceName } from '@app/service';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { Alerts } from '../alerts/alerts';
import { BrokerConnections } from '../connection/broker-connections';
import { Publisher } from '../publishing/publisher';
import { TopologyCheck } from '../topology/topology-check';
import { QueueKindsConfig } from '../topology/queue-kinds.config';
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
  ) {}

  onModuleInit(): void {
    const topologyCheck = new TopologyCheck(this.connections.publishing);
    const own = TOPOLOGY.find(({ service }) => service === this.service.value)?.publishes ?? [];
    const onPaused = (reason: string): void => this.alerts.raise('error', 'PUBLISHING_PAUSED', reason);
    this.gates = own.map(
      ({ name }) =>
        new ExchangeGate(name, listeningQueues(this.kinds.durable(TOPOLOGY), name), topologyCheck, onPaused),
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
