import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { BrokerConnections, CONSUMING, PUBLISHING } from './broker-connections';

/** Tells whether each of the two connections to the broker is open. */
@Injectable()
export class ConnectionMetrics {
  constructor(registry: Registry, connections: BrokerConnections) {
    new Gauge({
      name: 'amqp_connection_open',
      help: '1 while the connection to the broker is open, else 0.',
      labelNames: ['connection'],
      registers: [registry],
      collect() {
        this.set({ connection: PUBLISHING }, Number(connections.publishing.connected));
        this.set({ connection: CONSUMING }, Number(connections.consuming.connected));
      },
    });
  }
}
