import { AmqpConnection, AmqpConnectionManager } from '@golevelup/nestjs-rabbitmq';
import { Injectable } from '@nestjs/common';

/** The names of a process's two connections; they also stand in RabbitMQ's management page. */
export const PUBLISHING = 'publishing';
export const CONSUMING = 'consuming';

/**
 * One connection to publish and one to consume: RabbitMQ blocks a connection that publishes during a memory
 * or disk alarm, and a consumer on it would stop too.
 * @see https://www.rabbitmq.com/docs/connections#flow-control
 */
@Injectable()
export class BrokerConnections {
  constructor(private readonly connections: AmqpConnectionManager) {}

  get publishing(): AmqpConnection {
    return this.named(PUBLISHING);
  }

  get consuming(): AmqpConnection {
    return this.named(CONSUMING);
  }

  private named(name: string): AmqpConnection {
    const connection = this.connections.getConnection(name);
    if (connection === undefined) throw new Error(`There is no connection named ${name}`);
    return connection;
  }
}
