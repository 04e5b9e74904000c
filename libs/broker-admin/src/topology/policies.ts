import { QueueSettings, TOPOLOGY } from '@app/contracts';

/**
 * What RabbitMQ is told of all queues with a name like that. Of the policies that fit a queue, the one with the highest priority counts.
 * @see https://www.rabbitmq.com/docs/policies
 */
export interface Policy {
  readonly name: string;
  /** A regular expression. */
  readonly pattern: string;
  readonly 'apply-to': string;
  readonly priority: number;
  readonly definition: Readonly<Record<string, unknown>>;
}

/** The length limits of the work queues: those have no arguments, so that a stranger's plain declaration of one fits. */
export function workQueueLimits({ queueMaxLength }: QueueSettings): Policy[] {
  return TOPOLOGY.flatMap(({ works = [] }) => works).map((queue) => ({
    name: queue,
    pattern: `^${queue}$`,
    'apply-to': 'queues',
    priority: 0,
    definition: { 'max-length': queueMaxLength, overflow: 'reject-publish' },
  }));
}
