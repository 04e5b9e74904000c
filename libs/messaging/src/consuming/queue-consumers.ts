import {
  BrokerConnections,
  DurableQueueSource,
  ExclusiveQueueSource,
  Needed,
  QueueConsumer,
  QueueSource,
  TopologyCheck,
} from '@app/amqp';
import { deadLetterQueueName, Exchange, queueName, retryExchangeName, retryQueueName } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { MessagingConfig } from '../config/messaging.config';
import { OwnTopology } from '../config/own-topology';

/** Tasks are handed out one by one, so that a worker that is busy with a slow one keeps no other waiting. */
const FAIR_PREFETCH = 1;

/** The consumers of the service's queues: durable or exclusive ones, as configured. */
@Injectable()
export class QueueConsumers {
  constructor(
    private readonly topology: OwnTopology,
    private readonly connections: BrokerConnections,
    private readonly config: MessagingConfig,
  ) {}

  /** @throws NotInTopology */
  ofEvents(exchange: Exchange): QueueConsumer {
    const listening = this.topology.listeningTo(exchange);
    const name = queueName(this.topology.service, exchange);
    const source = this.topology.isExclusive ? new ExclusiveQueueSource(name, listening) : this.durable(name);
    return new QueueConsumer(this.connections.consuming, source, this.config.prefetch);
  }

  ofTasks(queue: string): QueueConsumer {
    return new QueueConsumer(this.connections.consuming, this.durable(queue), FAIR_PREFETCH);
  }

  private durable(queue: string): QueueSource {
    const check = new TopologyCheck(this.connections.consuming);
    return new DurableQueueSource(queue, this.neededFor(queue), check);
  }

  private neededFor(queue: string): Needed {
    const steps = this.config.retryDelaysMs.map((delayMs) => retryQueueName(queue, delayMs));
    return {
      exchanges: [retryExchangeName(this.topology.service)],
      queues: [queue, ...steps, deadLetterQueueName(queue)],
    };
  }
}
