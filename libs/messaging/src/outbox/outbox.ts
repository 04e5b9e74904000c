import { EventClass, EventData } from '@app/contracts';
import { Database } from '@app/persistence';
import { ServiceName } from '@app/service';
import { Injectable } from '@nestjs/common';
import { InsertQueryBuilder, InsertResult } from 'kysely';
import { toRow } from './outbox-entry';
import { OutboxSchema } from './outbox-table';
import { WakeUp } from './wake-up';

/**
 * Publishes by writing to the own database: an event added in a transaction is published if, and only if, that commits.
 * The relay sends it as soon as it can, at least once and under the same message id.
 * @see https://microservices.io/patterns/data/transactional-outbox.html
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database<OutboxSchema>,
    private readonly service: ServiceName,
    private readonly relay: WakeUp,
  ) {}

  /** Adds the event in the running transaction. */
  async add<Data extends EventData>(eventClass: EventClass<Data>, data: Data): Promise<void> {
    await this.insertion(eventClass, data).execute();
    this.wakeRelay();
  }

  /** The same as part of a larger statement; call `wakeRelay` once that has run. */
  insertion<Data extends EventData>(
    eventClass: EventClass<Data>,
    data: Data,
  ): InsertQueryBuilder<OutboxSchema, 'outbox', InsertResult> {
    return this.database.query.insertInto('outbox').values(toRow(this.service.value, eventClass, data));
  }

  /** Lets the relay look at once, and not at its next poll. */
  wakeRelay(): void {
    this.database.afterCommit(() => this.relay.call());
  }
}
