import { IsIn, IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';
import { RetryDelays } from '@app/amqp';
import { DEFAULT_QUEUE_SETTINGS, QueueKindsConfig, QueueSettings } from '@app/contracts';

const { queueType, queueMaxLength, retryDelaysMs } = DEFAULT_QUEUE_SETTINGS;

/** All that can be chosen of the durable topology: which queues there are, and how they are made. */
export class TopologyConfig extends QueueKindsConfig implements QueueSettings {
  /** Of every queue that a service listens to, with its ladder and dead letters. `classic` for a single small node: it has no length limit. */
  @IsIn(['quorum', 'classic'])
  queueType: QueueSettings['queueType'] = queueType;

  /** How many messages such a queue holds, approximately; quorum queues only. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  queueMaxLength: number = queueMaxLength;

  /** How long a message waits before its second, third, … attempt. The services need the same. */
  @RetryDelays()
  retryDelaysMs: readonly number[] = retryDelaysMs;

  /** RabbitMQ's management API, by which bindings are looked at. Where it is not set: port 15672 of the broker's host, 15671 with TLS. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_tld: false, require_protocol: true })
  rabbitmqManagementUrl?: string;
}
