import { QueueConsumer } from '@app/amqp';
import { DatabaseAvailability } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { Outage } from '../outage/outage';
import { ProviderOutage } from '../provider/provider-outage';

/** What a consumer pauses for: an outage of the database, as it meets it, and one of the provider, with all other consumers. */
@Injectable()
export class Outages {
  constructor(
    private readonly database: DatabaseAvailability,
    private readonly provider: ProviderOutage,
  ) {}

  /** Lets them pause this consumer from now on. */
  pausing(consumer: QueueConsumer): { outage: Outage; provider: ProviderOutage } {
    this.provider.pauses(consumer);
    return { outage: new Outage(consumer, this.database), provider: this.provider };
  }
}
