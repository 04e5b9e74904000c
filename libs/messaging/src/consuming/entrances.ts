import { Injectable } from '@nestjs/common';
import { Batches } from './batches';
import { Entrance } from './entrance';
import { OneByOne } from './one-by-one';
import { PipelineParts, Pipelines } from './pipelines';
import { SendingSlots } from './sending-slots';

/** How messages enter their pipeline: in batches for effects in the own database, one by one for effects outside. */
@Injectable()
export class Entrances {
  constructor(
    private readonly pipelines: Pipelines,
    private readonly slots: SendingSlots,
  ) {}

  of(parts: PipelineParts): Entrance {
    const pipeline = this.pipelines.of(parts);
    return parts.once.inBatches
      ? new Batches(pipeline, parts.consumer.prefetch)
      : new OneByOne(pipeline, this.slots);
  }
}
