import { IsInt, Max, Min } from 'class-validator';
import { BrokerConfig, RetryDelays } from '@app/amqp';
import { DEFAULT_QUEUE_SETTINGS, QueueKindsConfig } from '@app/contracts';

/** How a service treats what it receives. */
export class MessagingConfig {
  /** The most messages of one queue that one process handles at a time. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  prefetch: number = 10;

  /** The broker has one queue for each. */
  @RetryDelays()
  retryDelaysMs: readonly number[] = DEFAULT_QUEUE_SETTINGS.retryDelaysMs;
}

/** Every configuration class of messaging. */
export const MESSAGING_CONFIG = [BrokerConfig, MessagingConfig, QueueKindsConfig];
