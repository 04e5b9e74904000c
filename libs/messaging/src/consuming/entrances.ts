import { Injectable } from '@nestjs/common';
import { AfterOutage } from './after-outage';
import { Batches } from './batches';
import { Entrance } from './entrance';
import { messagePipeline } from './message-pipeline';
import { OneByOne } from './one-by-one';
import { Outages } from './outages';
import { SubscriptionParts } from './pipeline-parts';
import { SendingSlots } from './sending-slots';
import { LogAndDrop } from './steps/log-and-drop';
import { RetryOrDeadLetter } from './steps/retry-or-dead-letter';

/** How messages enter their pipeline: in batches for effects in the own database, each by itself for effects outside. */
@Injectable()
export class Entrances {
  constructor(
    private readonly outages: Outages,
    private readonly retryOrDeadLetter: RetryOrDeadLetter,
    private readonly logAndDrop: LogAndDrop,
    private readonly slots: SendingSlots,
  ) {}

  of(parts: SubscriptionParts): Entrance {
    const failures = parts.consumer.isExclusive ? this.logAndDrop : this.retryOrDeadLetter;
    const outages = this.outages.of(parts.consumer);
    const pipeline = messagePipeline({ ...parts, ...outages, failures });
    return new AfterOutage(outages.outage, pipeline, (usual) =>
      parts.once.inBatches ? new Batches(usual, parts.consumer.prefetch) : new OneByOne(usual, this.slots),
    );
  }
}
