import { Exchange, TaskClass } from '@app/contracts';
import { DatabaseAvailability } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { Batches } from './batches';
import { OneByOne } from './one-by-one';
import { PipelineParts, Pipelines } from './pipelines';
import { QueueConsumers } from './queue-consumers';
import { Readers } from './readers';
import { Subscription } from './subscription';

/** Makes subscriptions: a consumer, its pipeline, and how messages enter that. */
@Injectable()
export class SubscriptionFactory {
  constructor(
    private readonly consumers: QueueConsumers,
    private readonly readers: Readers,
    private readonly pipelines: Pipelines,
    private readonly database: DatabaseAvailability,
  ) {}

  /** @throws NotInTopology, DuplicateEventHandler */
  toEvents(exchange: Exchange, once: IdempotentReceiver): Subscription {
    const consumer = this.consumers.ofEvents(exchange);
    return this.create({ consumer, read: this.readers.ofEvents(exchange), once });
  }

  /** @throws TaskHandlerMissing */
  toTasks(taskClass: TaskClass, once: IdempotentReceiver): Subscription {
    const consumer = this.consumers.ofTasks(taskClass.queue);
    return this.create({ consumer, read: this.readers.ofTasks(taskClass), once });
  }

  private create(parts: PipelineParts): Subscription {
    const { consumer, once } = parts;
    const pipeline = this.pipelines.of(parts);
    const entrance = once.inBatches ? new Batches(pipeline, consumer.prefetch) : new OneByOne(pipeline);
    return new Subscription(consumer, entrance, this.database);
  }
}
