import { OrderVersion } from '@app/contracts';
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

/**
 * Which version of which order a delivery tells of, and whether it is stale: newer news of its order had been sent, so it was not. The
 * state of a stale delivery is `sent`: a replica of the version before, which does not know the mark, leaves it alone too. That replica
 * leaves all three columns empty, and so are they for tasks.
 */
export const orderVersionsMigration = sqlMigration(
  `alter table deliveries
     add column order_id      uuid,
     add column order_version bigint,
     add column stale         boolean`,
  `create index deliveries_order_id on deliveries (order_id, consumer) where order_id is not null`,
);

/** Outlasts every timeout of a provider call, so that no second process sends while the first still may. */
const LEASE = sql`now() + interval '30 seconds'`;

/**
 * Attempts that were never ended: so many processes died during one. What is given up then is not sent again and again by each process
 * that it kills; a queue has no such limit, since a message under a live lease goes on as a copy that was never delivered.
 */
export const UNFINISHED_LIMIT = 10;

/** Which delivery: what message, to which consumer. */
export interface DeliveryId {
  readonly consumer: string;
  readonly id: string;
}

/** A delivery that is asked for. */
export interface Asked extends DeliveryId {
  /** What it tells of, where that is an order. */
  readonly order?: OrderVersion;
}

/** A delivery that is begun, or is stale and was never begun. */
export interface Opened extends DeliveryId {
  readonly stale: boolean;
}

/** How an attempt ended: `sending` gives up the lease of one that failed, `unknown` is one whose answer never came. */
export type Ending = 'sending' | 'sent' | 'unknown';

export interface Ended extends DeliveryId {
  readonly state: Ending;
}

/** The deliveries as they are kept: `sending` under a lease, `sent`, or `unknown` when the answer never came. */
@Injectable()
export class DeliveriesTable {
  constructor(private readonly database: Database) {}

  /**
   * Takes leases; where newer news of the same order was sent, marks the delivery as stale instead. Passes over what was sent before,
   * what is under a live lease, and what is not stale while other news of its order is under one. Sorted, so that two processes never
   * wait for each other in a circle.
   * @param asked no two of the same order: what is asked for together does not see each other
   * @returns what it has not passed over
   */
  async open(asked: readonly Asked[]): Promise<readonly Opened[]> {
    const { rows } = await sql<Opened>`
      with asked as (
        select distinct on (consumer, message_id) * from ${listOf(asked)}
      ), news as (
        select * from asked cross join lateral (
          select coalesce(bool_or(state = 'sent' and other.order_version > asked.order_version), false) as stale,
                 coalesce(bool_or(state = 'sending' and lease_until > now()), false) as others_under_way
          from deliveries as other
          where other.order_id = asked.order_id and other.consumer = asked.consumer and other.message_id <> asked.message_id
        ) as others
      )
      insert into deliveries as delivery (consumer, message_id, order_id, order_version, state, stale, attempts, lease_until)
      select consumer, message_id, order_id, order_version, case when stale then 'sent' else 'sending' end, stale,
             case when stale then 0 else 1 end, case when stale then now() else ${LEASE} end
      from news where stale or not others_under_way order by consumer, message_id
      on conflict (consumer, message_id) do update
        set order_id = excluded.order_id, order_version = excluded.order_version, state = excluded.state, stale = excluded.stale,
            attempts = delivery.attempts + excluded.attempts, lease_until = excluded.lease_until, updated_at = now()
        where delivery.state <> 'sent' and delivery.lease_until <= now()
          and (excluded.stale or delivery.attempts < ${UNFINISHED_LIMIT})
      returning consumer, message_id as id, stale`.execute(this.database.query);
    return rows;
  }

  /** @returns those that were sent before, or are stale */
  async sentAmong(ids: readonly DeliveryId[]): Promise<readonly DeliveryId[]> {
    const { rows } = await sql<DeliveryId>`
      select consumer, message_id as id from deliveries
      join ${listOf(ids)} using (consumer, message_id)
      where state = 'sent'`.execute(this.database.query);
    return rows;
  }

  /** Gives up those that too many processes have died with, and begins to count anew. @returns those */
  async giveUpAmong(ids: readonly DeliveryId[]): Promise<readonly DeliveryId[]> {
    const { rows } = await sql<DeliveryId>`
      update deliveries as delivery set attempts = 0, updated_at = now() from ${listOf(ids)}
      where delivery.consumer = asked.consumer and delivery.message_id = asked.message_id
        and state <> 'sent' and lease_until <= now() and attempts >= ${UNFINISHED_LIMIT}
      returning delivery.consumer, delivery.message_id as id`.execute(this.database.query);
    return rows;
  }

  /** Ends leases with what became of the calls; `sent` stays `sent`. An attempt that failed has ended, and counts no more. */
  async settle(ended: readonly Ended[]): Promise<void> {
    await sql`
      update deliveries set state = ended.state, lease_until = now(), updated_at = now(),
        attempts = case ended.state when 'sent' then attempts else attempts - 1 end
      from unnest(${ended.map(({ consumer }) => consumer)}::text[], ${ended.map(({ id }) => id)}::text[],
                  ${ended.map(({ state }) => state)}::text[]) as ended (consumer, message_id, state)
      where deliveries.consumer = ended.consumer and deliveries.message_id = ended.message_id
        and deliveries.state <> 'sent'`.execute(this.database.query);
  }

  /** A repeat that comes later, such as a dead letter that is redriven only then, would be sent as if it were new. */
  async forgetOld(): Promise<void> {
    await deleteOld(this.database, { table: 'deliveries', since: 'updated_at', age: '30 days' });
  }
}

/** The ids as rows of a statement whose text is the same for any number of them. */
const listOf = (asked: readonly Asked[]) =>
  sql`unnest(${asked.map(({ consumer }) => consumer)}::text[], ${asked.map(({ id }) => id)}::text[],
             ${asked.map(({ order }) => order?.orderId ?? null)}::uuid[],
             ${asked.map(({ order }) => order?.version ?? null)}::bigint[])
      as asked (consumer, message_id, order_id, order_version)`;
