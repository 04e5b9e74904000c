import { QueueConsumer } from '@app/amqp';
import { DatabaseAvailability } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { DatabaseOutage } from '../outage/database-outage';
import { ProviderOutage } from '../provider/provider-outage';
import { PipelineParts } from './pipeline-parts';

/** What a consumer pauses for: an outage of the database, as it meets it, and one of the provider, with all other consumers. */
@Injectable()
export class Outages {
  constructor(
    private readonly database: DatabaseAvailability,
    private readonly provider: ProviderOutage,
  ) {}

  /** Lets them pause this consumer from now on. */
  pausing(consumer: QueueConsumer): Pick<PipelineParts, 'databaseOutage' | 'providerOutage'> {
    this.provider.pauses(consumer);
    return { databaseOutage: new DatabaseOutage(consumer, this.database), providerOutage: this.provider };
  }
}
