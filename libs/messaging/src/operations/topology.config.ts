import { IsIn, IsInt, Min } from 'class-validator';
import { MessagingConfig } from '../messaging.config';
import { DEFAULT_QUEUE_SETTINGS, QueueSettings } from '../topology/queue-settings';

const { queueType, queueMaxLength } = DEFAULT_QUEUE_SETTINGS;

/** How the durable queues are made: `QUEUE_TYPE` and `QUEUE_MAX_LENGTH`, with the same ladder as the services. */
export class TopologyConfig extends MessagingConfig implements QueueSettings {
  @IsIn(['quorum', 'classic'])
  queueType: QueueSettings['queueType'] = queueType;

  /** Messages, approximately; quorum queues only. */
  @IsInt()
  @Min(1)
  queueMaxLength: number = queueMaxLength;
}
