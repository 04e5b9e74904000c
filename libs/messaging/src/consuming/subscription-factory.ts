import { Exchange, TaskClass } from '@app/contracts';
import { DatabaseAvailability } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { Entrances } from './entrances';
import { SubscriptionParts } from './pipeline-parts';
import { QueueConsumers } from './queue-consumers';
import { Readers } from './readers';
import { Subscription } from './subscription';

/** Makes subscriptions: a consumer, its pipeline, and how messages enter that. */
@Injectable()
export class SubscriptionFactory {
  constructor(
    private readonly consumers: QueueConsumers,
    private readonly readers: Readers,
    private readonly entrances: Entrances,
    private readonly database: DatabaseAvailability,
  ) {}

  /** @throws NotInTopology, DuplicateEventHandler, EventHandlerMissing */
  toEvents(exchange: Exchange, once: IdempotentReceiver): Subscription {
    const consumer = this.consumers.ofEvents(exchange);
    return this.create({ consumer, read: this.readers.ofEvents(exchange), once });
  }

  /** @throws TaskHandlerMissing */
  toTasks(taskClass: TaskClass, once: IdempotentReceiver): Subscription {
    const consumer = this.consumers.ofTasks(taskClass.queue);
    return this.create({ consumer, read: this.readers.ofTasks(taskClass), once });
  }

  private create(parts: SubscriptionParts): Subscription {
    return new Subscription(parts.consumer, this.entrances.create(parts), this.database);
  }
}
