import { Database, deleteOld, sqlMigration } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';

export const deliveriesMigration = sqlMigration(
  `create table deliveries (
     consumer    text        not null,
     message_id  text        not null,
     state       text        not null check (state in ('sending', 'sent', 'unknown')),
     attempts    integer     not null default 1,
     lease_until timestamptz not null,
     updated_at  timestamptz not null default now(),
     primary key (consumer, message_id)
   )`,
  `create index deliveries_updated_at on deliveries (updated_at)`,
);

/** Outlasts every timeout of a provider call, so that no second process sends while the first still may. */
const LEASE = sql`now() + interval '30 seconds'`;

/** Which delivery: what message, to which consumer. */
export interface DeliveryId {
  readonly consumer: string;
  readonly messageId: string;
}

/** The deliveries as they are kept: `sending` under a lease, `sent`, or `unknown` when the answer never came. */
@Injectable()
export class Deliveries {
  constructor(private readonly database: Database) {}

  /** Takes the lease; false when it was sent already, or when somebody holds a live lease. */
  async open({ consumer, messageId }: DeliveryId): Promise<boolean> {
    const { rows } = await sql`
      insert into deliveries as delivery (consumer, message_id, state, lease_until)
      values (${consumer}, ${messageId}, 'sending', ${LEASE})
      on conflict (consumer, message_id) do update
        set state = 'sending', lease_until = ${LEASE}, attempts = delivery.attempts + 1, updated_at = now()
        where delivery.state <> 'sent' and delivery.lease_until <= now()
      returning message_id`.execute(this.database.query);
    return rows.length === 1;
  }

  async wasSent({ consumer, messageId }: DeliveryId): Promise<boolean> {
    const { rows } = await sql`
      select 1 from deliveries
      where consumer = ${consumer} and message_id = ${messageId} and state = 'sent'`.execute(
      this.database.query,
    );
    return rows.length === 1;
  }

  /** Ends the lease with what became of the call; `sent` stays `sent`. */
  async settle({ consumer, messageId }: DeliveryId, state: 'sending' | 'sent' | 'unknown'): Promise<void> {
    await sql`
      update deliveries set state = ${state}, lease_until = now(), updated_at = now()
      where consumer = ${consumer} and message_id = ${messageId} and state <> 'sent'`.execute(
      this.database.query,
    );
  }

  /** A repeat that comes later, such as a dead letter that is redriven only then, would be sent as if it were new. */
  async forgetOld(): Promise<void> {
    await deleteOld(this.database, { table: 'deliveries', since: 'updated_at', age: '30 days' });
  }
}
