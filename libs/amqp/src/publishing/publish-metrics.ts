import { measured, SECONDS_BUCKETS } from '@app/service';
import { Injectable } from '@nestjs/common';
import { Histogram, Registry } from 'prom-client';
import { MessageRefused, MessageUnroutable, MessageUnwritable } from './publishing-errors';

/** Measures what the broker answers to messages, and how long that takes. */
@Injectable()
export class PublishMetrics {
  private readonly durations: Histogram<'exchange' | 'outcome'>;

  constructor(registry: Registry) {
    this.durations = new Histogram({
      name: 'amqp_publish_duration_seconds',
      help: 'Seconds until the broker has confirmed a message, or it was clear that it will not.',
      labelNames: ['exchange', 'outcome'],
      buckets: SECONDS_BUCKETS,
      registers: [registry],
    });
  }

  measure(exchange: string, publish: () => Promise<void>): Promise<void> {
    return measured(publish, {
      succeeded: 'confirmed',
      failed: outcomeOf,
      observe: (outcome, seconds) => this.durations.observe({ exchange, outcome }, seconds),
    });
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof MessageRefused) return 'refused';
  if (error instanceof MessageUnroutable) return 'unroutable';
  return error instanceof MessageUnwritable ? 'unwritable' : 'unavailable';
}
