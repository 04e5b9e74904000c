import { gaugesAtScrape } from '@app/service';
import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { OutboxStore } from './outbox-store';
import { PublishedExchanges } from './published-exchanges';

/** To count a million rows at each scrape would cost more than it tells. */
const MOST_COUNTED = 100_000;

/** Tells how far the relay lags behind. Every replica reads the same table, and says the same. */
@Injectable()
export class OutboxMetrics {
  constructor(registry: Registry, store: OutboxStore, exchanges: PublishedExchanges) {
    const help = {
      outbox_events: `Events that the broker has not confirmed yet, counted no further than ${MOST_COUNTED}.`,
      outbox_oldest_event_age_seconds: 'Seconds since the oldest of them was added; 0 where there is none.',
    };
    gaugesAtScrape(registry, help, async () => {
      const { events, age_seconds } = await store.backlog(MOST_COUNTED);
      return { outbox_events: events, outbox_oldest_event_age_seconds: age_seconds };
    });
    new Gauge({
      name: 'outbox_publishing_paused',
      help: '1 while nothing is published to the exchange, since a queue of it is full or missing; else 0.',
      labelNames: ['exchange'],
      registers: [registry],
      collect() {
        for (const { name: exchange, isPaused } of exchanges.all) this.set({ exchange }, Number(isPaused));
      },
    });
  }
}
