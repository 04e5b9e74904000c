import { setTimeout as sleep } from 'node:timers/promises';
import { BACKLOG_AFTER_MS, isReply, NOT_FOUND, QueueBacklog, withChannel } from '@app/amqp';
import { Alert, Severity, TOPOLOGY } from '@app/contracts';
import type { ChannelModel } from '@app/amqp';

const TIMES = { lookEveryMs: 10_000, afterMs: BACKLOG_AFTER_MS };

interface Watch {
  readonly severities: readonly Severity[];
  readonly onAlert: (alert: Alert) => void;
  readonly backlog?: typeof TIMES;
}

/** Tells of a backlog of a work queue, once for each. */
export class WorkQueueWatch {
  private readonly times: typeof TIMES;
  private readonly backlogs: ReadonlyMap<string, QueueBacklog>;
  private readonly told = new Set<string>();

  constructor(
    private readonly connection: ChannelModel,
    private readonly watch: Watch,
  ) {
    this.times = { ...TIMES, ...watch.backlog };
    const queues = TOPOLOGY.flatMap(({ works = [] }) => works);
    this.backlogs = new Map(queues.map((queue) => [queue, new QueueBacklog(this.times.afterMs)]));
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
      for (const [queue, backlog] of this.backlogs) await this.look(queue, backlog).catch(() => undefined);
      await sleep(this.times.lookEveryMs, undefined, { signal: end }).catch(() => undefined);
    }
  }

  /** A queue that is missing is nobody's backlog. */
  private async look(queue: string, backlog: QueueBacklog): Promise<void> {
    const state = await this.stateOf(queue);
    const wrong = state && backlog.observe(state, performance.now());
    if (wrong === undefined) this.told.delete(queue);
    else if (!this.told.has(queue)) this.tell(queue, wrong);
  }

  private async stateOf(queue: string): Promise<{ messages: number; consumers: number } | undefined> {
    try {
      const answer = await withChannel(this.connection, (channel) => channel.checkQueue(queue));
      return { messages: answer.messageCount, consumers: answer.consumerCount };
    } catch (error) {
      if (isReply(error, NOT_FOUND)) return undefined;
      throw error;
    }
  }

  private tell(queue: string, wrong: string): void {
    this.told.add(queue);
    const text = `${queue} has ${wrong}, for more than ${this.times.afterMs / 1_000} s`;
    const at = new Date().toISOString();
    this.watch.onAlert({ severity: 'warning', service: 'alerts', code: 'QUEUE_BACKLOG', text, at });
  }
}
