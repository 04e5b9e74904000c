import { Delivery, QueueConsumer } from '@app/amqp';
import { DatabaseAvailability } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { Pipeline } from '../pipeline/pipeline';
import { Received } from '../pipeline/received';
import { Next, Step } from '../pipeline/step';
import { callHandlers } from './steps/call-handlers';
import { LogAndDrop } from './steps/log-and-drop';
import { LogHandled } from './steps/log-handled';
import { PauseWithoutDatabase } from './steps/pause-without-database';
import { RetryOrDeadLetter } from './steps/retry-or-dead-letter';
import { Settle } from './steps/settle';

/** What one subscription's pipeline has of its own. */
export interface PipelineParts {
  readonly consumer: QueueConsumer;
  /** `ReadEvents` or `ReadTasks`. */
  readonly read: Step<Delivery, Received>;
  /** `Inbox` or `DeliveryLog`. */
  readonly once: IdempotentReceiver;
}

/** The way of messages from their queue to their handler: a step after the other, and back in the opposite order. */
@Injectable()
export class Pipelines {
  constructor(
    private readonly database: DatabaseAvailability,
    private readonly retryOrDeadLetter: RetryOrDeadLetter,
    private readonly logAndDrop: LogAndDrop,
  ) {}

  of({ consumer, read, once }: PipelineParts): Next<Delivery> {
    return Pipeline.from<Delivery>()
      .through(new Settle())
      .through(new PauseWithoutDatabase(consumer, this.database))
      .through(consumer.isExclusive ? this.logAndDrop : this.retryOrDeadLetter)
      .through(read)
      .through(new LogHandled(consumer.queue))
      .through(once)
      .to(callHandlers);
  }
}
