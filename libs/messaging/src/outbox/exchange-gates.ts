import { BrokerConnections, Publisher, TopologyCheck } from '@app/amqp';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { Alerts } from '../alerts/alerts';
import { OwnTopology } from '../config/own-topology';
import { ExchangeGate } from './exchange-gate';

/** The gates of the exchanges that this service publishes to. */
@Injectable()
export class ExchangeGates implements OnModuleInit {
  private gates: readonly ExchangeGate[] = [];

  constructor(
    private readonly topology: OwnTopology,
    private readonly connections: BrokerConnections,
    private readonly publisher: Publisher,
    private readonly alerts: Alerts,
  ) {}

  onModuleInit(): void {
    // An alarm blocks the other connection, and the answer after a batch would not come.
    const check = new TopologyCheck(this.connections.consuming);
    const onPaused = (reason: string): void => this.alerts.raise('error', 'PUBLISHING_PAUSED', reason);
    this.gates = this.topology.publishes.map(
      (exchange) => new ExchangeGate(exchange.name, this.topology.durableQueuesOf(exchange), check, onPaused),
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
