import { QueueConsumer } from '@app/amqp';
import { SECONDS_BUCKETS } from '@app/service';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** At most a prefetch. */
const SIZE_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** What the service does with the messages of its queues. */
@Injectable()
export class MessageMetrics {
  /** By what became of them. */
  readonly messages: Counter<'queue' | 'type' | 'outcome'>;
  readonly batchDurations: Histogram<'queue'>;
  readonly batchSizes: Histogram<'queue'>;
  private readonly consumers: QueueConsumer[] = [];

  constructor(registry: Registry) {
    const registers = [registry];
    this.messages = new Counter({
      name: 'messaging_messages_total',
      help: 'Messages by what became of them. One that is retried counts at each attempt.',
      labelNames: ['queue', 'type', 'outcome'],
      registers,
    });
    this.batchDurations = new Histogram({
      name: 'messaging_batch_duration_seconds',
      help: 'Seconds from the beginning of a batch to its acknowledgements. Mails and texts are batches of one.',
      labelNames: ['queue'],
      buckets: SECONDS_BUCKETS,
      registers,
    });
    this.batchSizes = new Histogram({
      name: 'messaging_batch_messages',
      help: 'Messages of a batch.',
      labelNames: ['queue'],
      buckets: SIZE_BUCKETS,
      registers,
    });
    this.tellPauses(registry);
  }

  /** Tells from now on whether it is paused. */
  watch(consumer: QueueConsumer): void {
    this.consumers.push(consumer);
  }

  private tellPauses(registry: Registry): void {
    const { consumers } = this;
    new Gauge({
      name: 'messaging_consumer_paused',
      help: '1 while the consumer takes nothing, since the database or the provider is away; else 0.',
      labelNames: ['queue'],
      registers: [registry],
      collect() {
        for (const { queue, isPaused } of consumers) this.set({ queue }, Number(isPaused));
      },
    });
  }
}
