import { IsInt, Max, Min } from 'class-validator';
import { BrokerUrls } from './connection/broker-urls.decorator';
import { RetryDelays } from './failures/retry-delays.decorator';
import { QueueKindsConfig } from './topology/queue-kinds.config';
import { DEFAULT_QUEUE_SETTINGS } from './topology/queue-settings';

/** How a service reaches the broker, and how it treats what it receives. */
export class MessagingConfig {
  @BrokerUrls()
  rabbitmqUrl: string[];

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
export const MESSAGING_CONFIG = [MessagingConfig, QueueKindsConfig];
