import { DatabaseAvailability } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { Outage } from '../outage/outage';
import { AfterOutage } from './after-outage';
import { Batches } from './batches';
import { Entrance } from './entrance';
import { messagePipeline } from './message-pipeline';
import { OneByOne } from './one-by-one';
import { SubscriptionParts } from './pipeline-parts';
import { SendingSlots } from './sending-slots';
import { LogAndDrop } from './steps/log-and-drop';
import { RetryOrDeadLetter } from './steps/retry-or-dead-letter';

/** How messages enter their pipeline: in batches for effects in the own database, each by itself for effects outside. */
@Injectable()
export class Entrances {
  constructor(
    private readonly database: DatabaseAvailability,
    private readonly retryOrDeadLetter: RetryOrDeadLetter,
    private readonly logAndDrop: LogAndDrop,
    private readonly slots: SendingSlots,
  ) {}

  of(parts: SubscriptionParts): Entrance {
    const failures = parts.consumer.isExclusive ? this.logAndDrop : this.retryOrDeadLetter;
    const outage = new Outage(parts.consumer, this.database);
    const pipeline = messagePipeline({ ...parts, outage, failures });
    return new AfterOutage(outage, pipeline, (usual) =>
      parts.once.inBatches ? new Batches(usual, parts.consumer.prefetch) : new OneByOne(usual, this.slots),
    );
  }
}
