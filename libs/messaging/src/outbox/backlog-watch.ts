import { Backlogs, BrokerConnections, TopologyCheck } from '@app/amqp';
import { Health, Readiness, ReadinessCheck } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Alerts } from '../alerts/alerts';
import { PublishedExchanges } from './published-exchanges';

const LOOK_EVERY_MS = 10_000;

/**
 * Watches the queues that hear of what this service publishes: the service that ought to empty one may be dead, and cannot tell. Degraded
 * while one of them has a backlog, or nothing may be published to an exchange.
 */
@Injectable()
export class BacklogWatch implements ReadinessCheck {
  readonly name = 'queues';
  private readonly logger = new Logger(BacklogWatch.name);
  private readonly check: TopologyCheck;
  private readonly backlogs = new Backlogs();

  constructor(
    private readonly exchanges: PublishedExchanges,
    private readonly alerts: Alerts,
    connections: BrokerConnections,
    readiness: Readiness,
  ) {
    this.check = new TopologyCheck(connections.consuming);
    readiness.register(this);
  }

  health(): Health {
    return this.backlogs.areAny || this.exchanges.isAnyPaused ? 'degraded' : 'up';
  }

  /** Without a broker it knows nothing new. */
  @Interval(LOOK_EVERY_MS)
  async look(nowMs = performance.now()): Promise<void> {
    try {
      await Promise.all(this.exchanges.queues.map((queue) => this.lookAt(queue, nowMs)));
    } catch (error) {
      this.logger.debug(error);
    }
  }

  /** A queue that is missing is told of when something is to be published. */
  private async lookAt(queue: string, nowMs: number): Promise<void> {
    const text = this.backlogs.observe(queue, await this.check.stateOf(queue), nowMs);
    if (text !== undefined) this.alerts.raise('warning', 'QUEUE_BACKLOG', text);
  }
}
