import { Module } from '@nestjs/common';
import { BacklogWatch } from './backlog-watch';
import { PublishedExchanges } from './published-exchanges';
import { Outbox } from './outbox';
import { OutboxFloor } from './outbox-floor';
import { OutboxBackpressure } from './outbox-backpressure';
import { OutboxMetrics } from './outbox-metrics';
import { OutboxPublisher } from './outbox-publisher';
import { OutboxRelay } from './outbox-relay';
import { OutboxStore } from './outbox-store';
import { WakeUp } from './wake-up';

/** For a service that publishes events: the outbox and its relay. Its database needs `outboxMigration`, its configuration `OutboxConfig`. */
@Module({
  providers: [
    Outbox,
    OutboxPublisher,
    OutboxFloor,
    OutboxStore,
    OutboxRelay,
    OutboxBackpressure,
    OutboxMetrics,
    PublishedExchanges,
    BacklogWatch,
    WakeUp,
  ],
  exports: [Outbox, OutboxBackpressure],
})
export class OutboxModule {}
