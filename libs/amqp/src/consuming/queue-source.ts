import { Channel } from 'amqplib';

/** Where a consumer's messages come from. */
export interface QueueSource {
  /** What the source is called in logs and in the inbox. */
  readonly name: string;
  /** Whether the queue is there only while its consumer is connected. */
  readonly isExclusive: boolean;

  /**
   * Sees to it that the queue is there, and resolves with its name; waits for one that is not ours to make.
   * @param cancelled whether the caller no longer wants it
   */
  prepare(channel: Channel, cancelled: () => boolean): Promise<string>;
}
