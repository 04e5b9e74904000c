import { Exchange, queueName } from '@app/contracts';
import { DatabaseAvailability } from '@app/persistence';
import { ServiceName } from '@app/service';
import { Injectable } from '@nestjs/common';
import { BrokerConnections } from '../connection/broker-connections';
import { FailedDeliveries } from '../failures/failed-deliveries';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { MessagingConfig } from '../messaging.config';
import { QueueCheck } from '../topology/queue-check';
import { Dispatcher } from './dispatcher';
import { EventHandlers } from './event-handlers';
import { QueueConsumer } from './queue-consumer';
import { Subscription } from './subscription';

/** An exchange that the service listens to, and how it lets a message have its effect once. */
export interface SubscriptionRequest {
  readonly exchange: Exchange;
  readonly receiver: IdempotentReceiver;
}

/** Wires the parts of a subscription together. */
@Injectable()
export class SubscriptionFactory {
  constructor(
    private readonly service: ServiceName,
    private readonly config: MessagingConfig,
    private readonly connections: BrokerConnections,
    private readonly handlers: EventHandlers,
    private readonly failures: FailedDeliveries,
    private readonly database: DatabaseAvailability,
  ) {}

  create({ exchange, receiver }: SubscriptionRequest): Subscription {
    const queue = queueName(this.service.value, exchange);
    const connection = this.connections.consuming;
    return new Subscription({
      queue,
      dispatcher: new Dispatcher(queue, this.handlers.of(exchange), receiver),
      failures: this.failures,
      database: this.database,
      consumer: (onDelivery) =>
        new QueueConsumer(connection, new QueueCheck(connection), {
          queue,
          prefetch: this.config.prefetch,
          onDelivery,
        }),
    });
  }
}
