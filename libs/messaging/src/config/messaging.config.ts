import { SendingConfig } from './sending.config';
import { IsInt, Max, Min } from 'class-validator';
import { BrokerConfig, RetryDelays } from '@app/amqp';
import { DEFAULT_QUEUE_SETTINGS, QueueKindsConfig } from '@app/contracts';

/** How a service treats what it receives. */
export class MessagingConfig {
  /** The most messages of one queue that one process has and has not acknowledged; also the most of a batch. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  prefetch: number = 100;

  /** How long a message waits before its second, third, … attempt. The broker has one queue for each. */
  @RetryDelays()
  retryDelaysMs: readonly number[] = DEFAULT_QUEUE_SETTINGS.retryDelaysMs;
}

/** Every configuration class of messaging. */
export const MESSAGING_CONFIG = [BrokerConfig, MessagingConfig, QueueKindsConfig, SendingConfig];
