/** How the broker's durable queues are made. */
export interface QueueSettings {
  /** `classic` for a single small node: no length limit, no at-least-once dead-lettering. */
  readonly queueType: 'quorum' | 'classic';
  /** Messages, approximately. */
  readonly queueMaxLength: number;
  /** Milliseconds; must be the same as every service's `RETRY_DELAYS_MS`. */
  readonly retryDelaysMs: readonly number[];
}

export const DEFAULT_QUEUE_SETTINGS: QueueSettings = {
  queueType: 'quorum',
  queueMaxLength: 1_000_000,
  retryDelaysMs: [1_000, 5_000, 30_000, 120_000],
};
