import { Injectable } from '@nestjs/common';
import { AfterOutage } from './after-outage';
import { Batches } from './batches';
import { Entrance } from './entrance';
import { FailureSteps } from './failure-steps';
import { messagePipeline } from './message-pipeline';
import { OneByOne } from './one-by-one';
import { Outages } from './outages';
import { SubscriptionParts } from './pipeline-parts';
import { SendingSlots } from './sending-slots';
import { MessageMetrics } from './steps/message-metrics';

/** How messages enter their pipeline: in batches for effects in the own database, each by itself for effects outside. */
@Injectable()
export class Entrances {
  constructor(
    private readonly outages: Outages,
    private readonly failures: FailureSteps,
    private readonly metrics: MessageMetrics,
    private readonly slots: SendingSlots,
  ) {}

  create(parts: SubscriptionParts): Entrance {
    const { consumer } = parts;
    const outages = this.outages.pausing(consumer);
    const failures = this.failures.of(consumer);
    const pipeline = messagePipeline({ ...parts, ...outages, failures, metrics: this.metrics });
    this.metrics.watch(consumer);
    return new AfterOutage(outages.databaseOutage, pipeline, (usual) =>
      parts.once.inBatches ? new Batches(usual, consumer.prefetch) : new OneByOne(usual, this.slots),
    );
  }
}
