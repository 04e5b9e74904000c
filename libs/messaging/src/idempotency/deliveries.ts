import { Database, deleteOld, GroupCommit, sqlMigration } from '@app/persistence';
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

/** Statements of concurrent deliveries share a round trip and a commit; one at a time, so that more of them share it. */
const GROUPS = { max: 200, underWay: 1 };

/**
 * Attempts that nobody ended: so many processes died with the message in hand. What is given up then is not sent again and again by
 * each process that it kills; a queue has no such limit, since a message under a live lease goes on as a copy that was never delivered.
 */
export const UNFINISHED_LIMIT = 10;

/** Which delivery: what message, to which consumer. */
export interface DeliveryId {
  readonly consumer: string;
  readonly id: string;
}

/**
 * Whether the delivery may be sent now (`opened`, under a lease), was sent before, is under somebody else's lease, or has been left
 * unfinished too often. Given up is told once: it begins anew after that, as a dead letter that is redriven does.
 */
export type Opening = 'opened' | 'sent' | 'in progress' | 'given up';

/** How an attempt ended: `sending` gives up the lease of one that failed, `unknown` is one whose answer never came. */
export type Ending = 'sending' | 'sent' | 'unknown';

/** The deliveries as they are kept: `sending` under a lease, `sent`, or `unknown` when the answer never came. */
@Injectable()
export class Deliveries {
  private readonly opening = new GroupCommit((ids: readonly DeliveryId[]) => this.openAll(ids), GROUPS);
  private readonly settling = new GroupCommit((ends: readonly End[]) => this.settleAll(ends), GROUPS);

  constructor(private readonly database: Database) {}

  /** Takes the lease, unless the delivery was sent already or somebody holds a live lease. */
  open(delivery: DeliveryId): Promise<Opening> {
    return this.opening.add(delivery);
  }

  /** Ends the lease with what became of the call; `sent` stays `sent`. */
  async settle({ consumer, id }: DeliveryId, state: Ending): Promise<void> {
    await this.settling.add({ consumer, id, state });
  }

  /** A repeat that comes later, such as a dead letter that is redriven only then, would be sent as if it were new. */
  async forgetOld(): Promise<void> {
    await deleteOld(this.database, { table: 'deliveries', since: 'updated_at', age: '30 days' });
  }

  /** Of two copies in one group, the first gets the lease. */
  private async openAll(ids: readonly DeliveryId[]): Promise<Opening[]> {
    const opened = await this.lease(ids);
    if (opened.size === ids.length) return ids.map(() => 'opened');
    const [sent, givenUp] = [await this.sentAmong(ids), await this.giveUpAmong(ids)];
    return ids.map((delivery) => {
      if (opened.delete(keyOf(delivery))) return 'opened';
      if (givenUp.delete(keyOf(delivery))) return 'given up';
      return sent.has(keyOf(delivery)) ? 'sent' : 'in progress';
    });
  }

  /** Sorted, so that two processes never wait for each other in a circle. */
  private async lease(ids: readonly DeliveryId[]): Promise<Set<string>> {
    const { rows } = await sql<DeliveryId>`
      insert into deliveries as delivery (consumer, message_id, state, lease_until)
      select distinct consumer, message_id, 'sending', ${LEASE} from ${listOf(ids)} order by consumer, message_id
      on conflict (consumer, message_id) do update
        set state = 'sending', lease_until = ${LEASE}, attempts = delivery.attempts + 1, updated_at = now()
        where delivery.state <> 'sent' and delivery.lease_until <= now() and delivery.attempts < ${UNFINISHED_LIMIT}
      returning consumer, message_id as id`.execute(this.database.query);
    return new Set(rows.map(keyOf));
  }

  private async sentAmong(ids: readonly DeliveryId[]): Promise<Set<string>> {
    const { rows } = await sql<DeliveryId>`
      select consumer, message_id as id from deliveries
      join ${listOf(ids)} using (consumer, message_id)
      where state = 'sent'`.execute(this.database.query);
    return new Set(rows.map(keyOf));
  }

  private async giveUpAmong(ids: readonly DeliveryId[]): Promise<Set<string>> {
    const { rows } = await sql<DeliveryId>`
      update deliveries as delivery set attempts = 0, updated_at = now() from ${listOf(ids)}
      where delivery.consumer = asked.consumer and delivery.message_id = asked.message_id
        and state <> 'sent' and lease_until <= now() and attempts >= ${UNFINISHED_LIMIT}
      returning delivery.consumer, delivery.message_id as id`.execute(this.database.query);
    return new Set(rows.map(keyOf));
  }

  /** An attempt that failed has ended, and counts no more. */
  private async settleAll(ends: readonly End[]): Promise<undefined[]> {
    await sql`
      update deliveries set state = ended.state, lease_until = now(), updated_at = now(),
        attempts = case ended.state when 'sent' then attempts else attempts - 1 end
      from unnest(${ends.map(({ consumer }) => consumer)}::text[], ${ends.map(({ id }) => id)}::text[],
                  ${ends.map(({ state }) => state)}::text[]) as ended (consumer, message_id, state)
      where deliveries.consumer = ended.consumer and deliveries.message_id = ended.message_id
        and deliveries.state <> 'sent'`.execute(this.database.query);
    return ends.map(() => undefined);
  }
}

interface End extends DeliveryId {
  readonly state: Ending;
}

const keyOf = ({ consumer, id }: DeliveryId): string => JSON.stringify([consumer, id]);

/** The ids as rows of a statement whose text is the same for any number of them. */
const listOf = (ids: readonly DeliveryId[]) =>
  sql`unnest(${ids.map(({ consumer }) => consumer)}::text[], ${ids.map(({ id }) => id)}::text[]) as asked (consumer, message_id)`;
