import { Delivery, QueueConsumer } from '@app/amqp';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { Outage } from '../outage/outage';
import { Received } from '../pipeline/received';
import { Step } from '../pipeline/step';

/** What tells one subscription from another. */
export interface SubscriptionParts {
  readonly consumer: QueueConsumer;
  /** `ReadEvents` or `ReadTasks`. */
  readonly read: Step<Delivery, Received>;
  /** `Inbox` or `SentMessages`. */
  readonly once: IdempotentReceiver;
}

/** What a pipeline is made of. */
export interface PipelineParts extends SubscriptionParts {
  readonly outage: Outage;
  /** `RetryOrDeadLetter` or `LogAndDrop`. */
  readonly failures: Step<Delivery>;
}
