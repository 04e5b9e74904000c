import { Health, Readiness, ReadinessCheck } from '@app/service';
import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { Alerts } from '../alerts/alerts';
import { ProviderProbe } from './provider-probe';

/**
 * Tells whether the service's provider is away: by an alert, and as `degraded` in the service's readiness. Not as `down`,
 * since a restart would mend nothing, and what waits is safe in its queues.
 */
@Injectable()
export class ProviderStatus implements ReadinessCheck, OnApplicationBootstrap {
  readonly name = 'provider';
  private isAway = false;

  constructor(
    private readonly probe: ProviderProbe,
    private readonly alerts: Alerts,
    private readonly readiness: Readiness,
  ) {}

  /** A service without a provider does not mention one. */
  onApplicationBootstrap(): void {
    if (this.probe.exists) this.readiness.register(this);
  }

  health(): Health {
    return this.isAway ? 'degraded' : 'up';
  }

  away(reason: string): void {
    this.isAway = true;
    const text = `The ${this.probe.provider} is away, nothing is sent: ${reason}`;
    this.alerts.raise('error', 'PROVIDER_AWAY', text);
  }

  back(): void {
    this.isAway = false;
    const text = `The ${this.probe.provider} answers again; one message is sent first, and then the others`;
    this.alerts.raise('info', 'PROVIDER_BACK', text);
  }
}
