import { EventClass, EventData } from '@app/contracts';
import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { RawBuilder, sql } from 'kysely';
import { OutboxConfig } from '../config/outbox.config';
import { OwnTopology } from '../config/own-topology';
import { NewOutboxEntry, toRow } from './outbox-entry';
import { WakeUp } from './wake-up';

/**
 * Publishes by writing to the own database: an event added in a transaction is published if, and only if, that commits.
 * The relay sends it as soon as it can, at least once and under the same message id.
 * @see https://microservices.io/patterns/data/transactional-outbox.html
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly topology: OwnTopology,
    private readonly relay: WakeUp,
    private readonly config: OutboxConfig,
  ) {}

  /**
   * Adds the event in the running transaction, as it is now and in the caller's context (correlation, trace). All that a
   * transaction adds is inserted by one statement right before its commit; outside of one, the event is inserted at once.
   * @throws NotInTopology where the service does not publish to the event's exchange
   */
  async add<Data extends EventData>(eventClass: EventClass<Data>, data: Data): Promise<void> {
    this.topology.assertPublishesTo(eventClass.exchange);
    const row = toRow(this.topology.service, eventClass, data, this.config.schemaBaseUrl);
    await this.database.beforeCommit(insertionOf, row);
    this.database.afterCommit(this.wakeRelay);
  }

  private readonly wakeRelay = (): void => this.relay.call();
}

const insertionOf = (rows: readonly NewOutboxEntry[]): RawBuilder<unknown> => sql`
  insert into outbox (event_id, exchange, routing_key, body, correlation_id, headers)
  select * from unnest(
    ${rows.map((row) => row.event_id)}::uuid[], ${rows.map((row) => row.exchange)}::text[],
    ${rows.map((row) => row.routing_key)}::text[], ${rows.map((row) => row.body)}::text[],
    ${rows.map((row) => row.correlation_id)}::text[], ${rows.map((row) => row.headers)}::jsonb[]
  )`;
