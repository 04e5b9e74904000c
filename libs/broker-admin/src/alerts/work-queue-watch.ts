import { setTimeout as sleep } from 'node:timers/promises';
import { BACKLOG_AFTER_MS, Backlogs, isReply, NOT_FOUND, withChannel } from '@app/amqp';
import { Alert, Severity, TOPOLOGY } from '@app/contracts';
import type { ChannelModel, QueueState } from '@app/amqp';

const TIMES = { lookEveryMs: 10_000, afterMs: BACKLOG_AFTER_MS };

interface Watch {
  readonly severities: readonly Severity[];
  readonly onAlert: (alert: Alert) => void;
  readonly backlog?: typeof TIMES;
}

/** Tells of a backlog of a work queue, once for each. */
export class WorkQueueWatch {
  private readonly times: typeof TIMES;
  private readonly backlogs: Backlogs;
  private readonly queues = TOPOLOGY.flatMap(({ works = [] }) => works);

  constructor(
    private readonly connection: ChannelModel,
    private readonly watch: Watch,
  ) {
    this.times = { ...TIMES, ...watch.backlog };
    this.backlogs = new Backlogs(this.times.afterMs);
  }

  /** Looks again and again, until the other has ended. */
  async until(ended: Promise<unknown>): Promise<void> {
    const end = new AbortController();
    const looking = this.watch.severities.includes('warning') ? this.lookOften(end.signal) : undefined;
    await ended.finally(() => end.abort());
    await looking;
  }

  private async lookOften(end: AbortSignal): Promise<void> {
    while (!end.aborted) {
      for (const queue of this.queues) await this.look(queue).catch(() => undefined);
      await sleep(this.times.lookEveryMs, undefined, { signal: end }).catch(() => undefined);
    }
  }

  private async look(queue: string): Promise<void> {
    const text = this.backlogs.observe(queue, await this.stateOf(queue), performance.now());
    if (text === undefined) return;
    const at = new Date().toISOString();
    this.watch.onAlert({ severity: 'warning', service: 'alerts', code: 'QUEUE_BACKLOG', text, at });
  }

  private async stateOf(queue: string): Promise<QueueState | undefined> {
    try {
      const answer = await withChannel(this.connection, (channel) => channel.checkQueue(queue));
      return { messages: answer.messageCount, consumers: answer.consumerCount };
    } catch (error) {
      if (isReply(error, NOT_FOUND)) return undefined;
      throw error;
    }
  }
}
