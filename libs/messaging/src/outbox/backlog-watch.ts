import { BACKLOG_AFTER_MS, BrokerConnections, QueueBacklog, TopologyCheck } from '@app/amqp';
import { Health, Readiness, ReadinessCheck } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Alerts } from '../alerts/alerts';
import { ExchangeGates } from './exchange-gates';

const LOOK_EVERY_MS = 10_000;

/**
 * Watches the queues that hear of what this service publishes: the service that ought to empty one may be dead, and tells nobody. Degraded
 * while one of them has a backlog, or nothing may be published to an exchange.
 */
@Injectable()
export class BacklogWatch implements ReadinessCheck {
  readonly name = 'queues';
  private readonly logger = new Logger(BacklogWatch.name);
  private readonly check: TopologyCheck;
  private readonly watched = new Map<string, QueueBacklog>();
  /** The queues that somebody was told of. */
  private readonly told = new Set<string>();

  constructor(
    private readonly gates: ExchangeGates,
    private readonly alerts: Alerts,
    connections: BrokerConnections,
    readiness: Readiness,
  ) {
    this.check = new TopologyCheck(connections.consuming);
    readiness.register(this);
  }

  health(): Health {
    return this.told.size > 0 || this.gates.isAnyPaused ? 'degraded' : 'up';
  }

  /** Without a broker it knows nothing new. */
  @Interval(LOOK_EVERY_MS)
  async look(nowMs = performance.now()): Promise<void> {
    try {
      await Promise.all(this.gates.queues.map((queue) => this.lookAt(queue, nowMs)));
    } catch (error) {
      this.logger.debug(error);
    }
  }

  /** A queue that is missing is told of when something is to be published. */
  private async lookAt(queue: string, nowMs: number): Promise<void> {
    const state = await this.check.stateOf(queue);
    const wrong = state && this.backlogOf(queue).observe(state, nowMs);
    if (wrong === undefined) this.told.delete(queue);
    else if (!this.told.has(queue)) this.tell(queue, wrong);
  }

  private tell(queue: string, wrong: string): void {
    this.told.add(queue);
    const text = `${queue} has ${wrong}, for more than ${BACKLOG_AFTER_MS / 1_000} s`;
    this.logger.warn(text);
    this.alerts.raise('warning', 'QUEUE_BACKLOG', text);
  }

  private backlogOf(queue: string): QueueBacklog {
    const backlog = this.watched.get(queue) ?? new QueueBacklog();
    this.watched.set(queue, backlog);
    return backlog;
  }
}
