import { measured, SECONDS_BUCKETS } from '@app/service';
import { Injectable } from '@nestjs/common';
import { Gauge, Histogram, Registry } from 'prom-client';
import { PermanentError } from '../failures/permanent-error';
import { ProviderProbe } from './provider-probe';
import { ProviderStatus } from './provider-status';
import { AmbiguousSend, NotSent, ProviderUnavailable } from './send-errors';

/** Measures what the service sends through its provider: mails, texts. */
@Injectable()
export class SendMetrics {
  private readonly durations: Histogram<'provider' | 'outcome'>;

  constructor(
    registry: Registry,
    private readonly probe: ProviderProbe,
    status: ProviderStatus,
  ) {
    this.durations = new Histogram({
      name: 'provider_send_duration_seconds',
      help: 'Seconds that a mail or a text took until the provider has taken it, or it was clear that it has not.',
      labelNames: ['provider', 'outcome'],
      buckets: SECONDS_BUCKETS,
      registers: [registry],
    });
    new Gauge({
      name: 'provider_away',
      help: '1 while the provider is away and nothing is sent, else 0.',
      labelNames: ['provider'],
      registers: [registry],
      collect() {
        if (probe.exists) this.set({ provider: probe.provider }, Number(status.health() !== 'up'));
      },
    });
  }

  measure<Result>(send: () => Promise<Result>): Promise<Result> {
    const { provider } = this.probe;
    return measured(send, {
      succeeded: 'sent',
      failed: outcomeOf,
      observe: (outcome, seconds) => this.durations.observe({ provider, outcome }, seconds),
    });
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof PermanentError) return 'refused';
  if (error instanceof AmbiguousSend) return 'unknown';
  if (error instanceof ProviderUnavailable) return 'unavailable';
  return error instanceof NotSent ? 'not_sent' : 'failed';
}
