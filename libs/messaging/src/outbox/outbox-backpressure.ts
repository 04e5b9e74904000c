import { DomainError, Health, Readiness, ReadinessCheck } from '@app/service';
import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Alerts } from '../alerts/alerts';
import { OutboxConfig } from '../config/outbox.config';
import { OutboxStore } from './outbox-store';

const LOOK_EVERY_MS = 5_000;

/** So many waiting events, or as many as the limit, are worth an alert; it is raised again once there were fewer. */
const LAGGING = 1_000;

/** So many events wait for the broker that no more work is taken. */
export class OutboxFull extends DomainError {
  readonly code = 'OUTBOX_FULL';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 30;

  constructor(readonly limit: number) {
    super(`More than ${limit} events wait to be published; nothing new is accepted until some are.`);
  }
}

/** Watches how far the relay lags behind; a backlog has a stated limit. */
@Injectable()
export class OutboxBackpressure implements ReadinessCheck, OnApplicationBootstrap {
  readonly name = 'outbox';
  private readonly logger = new Logger(OutboxBackpressure.name);
  private waiting = 0;

  constructor(
    private readonly store: OutboxStore,
    private readonly config: OutboxConfig,
    private readonly alerts: Alerts,
    readiness: Readiness,
  ) {
    readiness.register(this);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
  }

  /** @throws OutboxFull as long as the backlog is over its limit (looked at every 5 s) */
  assertRoom(): void {
    if (this.isFull) throw new OutboxFull(this.config.outboxLimit);
  }

  health(): Health {
    return this.isFull ? 'down' : 'up';
  }

  @Interval(LOOK_EVERY_MS)
  async look(): Promise<void> {
    try {
      const { outboxLimit } = this.config;
      const waiting = await this.store.count(outboxLimit + 1);
      const lagging = Math.min(LAGGING, outboxLimit);
      if (waiting >= lagging && this.waiting < lagging)
        this.alerts.raise('warning', 'OUTBOX_LAGS', `${waiting} events wait`);
      this.waiting = waiting;
    } catch (error) {
      this.logger.warn(error);
    }
  }

  private get isFull(): boolean {
    return this.waiting > this.config.outboxLimit;
  }
}
