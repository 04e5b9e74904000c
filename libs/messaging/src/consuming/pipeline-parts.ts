import { Delivery, QueueConsumer } from '@app/amqp';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { Outage } from '../outage/outage';
import { Step } from '../pipeline/step';
import { ProviderOutage } from '../provider/provider-outage';
import { MessageMetrics } from './steps/message-metrics';
import { ReadStep } from './steps/read-step';

/** What tells one subscription from another. */
export interface SubscriptionParts {
  readonly consumer: QueueConsumer;
  /** `ReadEvents` or `ReadTasks`. */
  readonly read: ReadStep;
  /** `Inbox` or `SentMessages`. */
  readonly once: IdempotentReceiver;
}

/** What a pipeline is made of. */
export interface PipelineParts extends SubscriptionParts {
  /** The database's. */
  readonly outage: Outage;
  /** The outage of what the handlers send through; without any, it never begins. */
  readonly provider: ProviderOutage;
  /** `RetryOrDeadLetter` or `LogAndDrop`. */
  readonly failures: Step<Delivery>;
  readonly metrics: MessageMetrics;
}
