import { Delivery, QueueConsumer } from '@app/amqp';
import { IdempotentReceiver } from '../idempotency/idempotent-receiver';
import { DatabaseOutage } from '../outage/database-outage';
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
  readonly databaseOutage: DatabaseOutage;
  /** The outage of what the handlers send through; without any, it never begins. */
  readonly providerOutage: ProviderOutage;
  /** `RetryOrDeadLetter` or `LogAndDrop`. */
  readonly failures: Step<Delivery>;
  readonly metrics: MessageMetrics;
}
