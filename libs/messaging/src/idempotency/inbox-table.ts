import { Database, deleteOld, sqlMigration } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Received } from '../pipeline/received';

export const inboxMigration = sqlMigration(
  `create table inbox (
     consumer    text        not null,
     message_id  text        not null,
     received_at timestamptz not null default now(),
     primary key (consumer, message_id)
   )`,
  `create index inbox_received_at on inbox (received_at)`,
);

/** The ids of the messages that were handled. */
@Injectable()
export class InboxTable {
  constructor(private readonly database: Database) {}

  /**
   * Inserts the ids in one statement, sorted, so that two batches never wait for each other in a circle.
   * @returns those that were not there before
   */
  async insert(messages: readonly Pick<Received, 'consumer' | 'id'>[]): Promise<readonly string[]> {
    const { rows } = await sql<{ message_id: string }>`
      insert into inbox (consumer, message_id)
      select consumer, message_id
      from unnest(${messages.map(({ consumer }) => consumer)}::text[], ${messages.map(({ id }) => id)}::text[])
        as received (consumer, message_id)
      order by consumer, message_id
      on conflict do nothing
      returning message_id`.execute(this.database.query);
    return rows.map(({ message_id }) => message_id);
  }

  /** Takes out the ids of messages that have had no effect. */
  async remove(messages: readonly Pick<Received, 'consumer' | 'id'>[]): Promise<void> {
    if (messages.length === 0) return;
    await sql`
      delete from inbox
      using unnest(${messages.map(({ consumer }) => consumer)}::text[], ${messages.map(({ id }) => id)}::text[])
        as refused (consumer, message_id)
      where inbox.consumer = refused.consumer and inbox.message_id = refused.message_id`.execute(
      this.database.query,
    );
  }

  /** A repeat that comes later, such as a dead letter that is redriven only then, would be handled as if it were new. */
  async forgetOld(): Promise<void> {
    await deleteOld(this.database, { table: 'inbox', since: 'received_at', age: '30 days' });
  }
}
