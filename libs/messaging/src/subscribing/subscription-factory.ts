import { BrokerConnections, QueueConsumer, QueueSource } from '@app/amqp';
import { Exchange, TaskClass } from '@app/contracts';
import { DatabaseAvailability } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { DroppedDeliveries } from '../failures/dropped-deliveries';
import { FailedDeliveries } from '../failures/failed-deliveries';
import { FailureHandling } from '../failures/failure-handling';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { MessagingConfig } from '../messaging.config';
import { Dispatcher } from './dispatcher';
import { EventDispatcher } from './event-dispatcher';
import { EventHandlers } from './event-handlers';
import { QueueSources } from './queue-sources';
import { Subscription } from './subscription';
import { TaskDispatcher } from './task-dispatcher';
import { TaskHandlers } from './task-handlers';

/** Tasks are handed out one by one, so that a worker that is busy with a slow one keeps no other waiting. */
const FAIR_PREFETCH = 1;

/** Wires the parts of a subscription together. */
@Injectable()
export class SubscriptionFactory {
  constructor(
    private readonly sources: QueueSources,
    private readonly config: MessagingConfig,
    private readonly connections: BrokerConnections,
    private readonly database: DatabaseAvailability,
    private readonly events: EventHandlers,
    private readonly tasks: TaskHandlers,
    private readonly failed: FailedDeliveries,
    private readonly dropped: DroppedDeliveries,
  ) {}

  toEvents(exchange: Exchange, receiver: IdempotentReceiver): Subscription {
    const source = this.sources.of(exchange);
    const dispatcher = new EventDispatcher(source.name, this.events.of(exchange), receiver);
    const failures = this.sources.areExclusive ? this.dropped : this.failed;
    return this.create(source, this.config.prefetch, dispatcher, failures);
  }

  toTasks(taskClass: TaskClass, receiver: IdempotentReceiver): Subscription {
    const source = this.sources.durable(taskClass.queue);
    const dispatcher = new TaskDispatcher(this.tasks.of(taskClass), receiver);
    return this.create(source, FAIR_PREFETCH, dispatcher, this.failed);
  }

  private create(
    source: QueueSource,
    prefetch: number,
    dispatcher: Dispatcher,
    failures: FailureHandling,
  ): Subscription {
    const connection = this.connections.consuming;
    return new Subscription({
      queue: source.name,
      dispatcher,
      failures,
      database: this.database,
      consumer: (onDelivery) => new QueueConsumer(connection, { source, prefetch, onDelivery }),
    });
  }
}
