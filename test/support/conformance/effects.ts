import { Database } from '@app/persistence';
import { sql } from 'kysely';
import type { MessagingHarness } from '../messaging-harness';

/** What handled orders have left in the service's own database, where a repeat would be seen. */
export class Effects {
  private readonly database: Database;

  private constructor(private readonly harness: MessagingHarness) {
    this.database = harness.app.get(Database);
  }

  /** There are none at first. */
  static async of(harness: MessagingHarness): Promise<Effects> {
    const { query } = harness.app.get(Database);
    await sql`create table if not exists effects (order_id text not null)`.execute(query);
    await sql`truncate effects`.execute(query);
    return new Effects(harness);
  }

  /** One row for each order, in the transaction that is running. */
  async leave(...orderIds: readonly string[]): Promise<void> {
    await sql`insert into effects select unnest(${orderIds}::text[])`.execute(this.database.query);
  }

  /** The order ids of all rows, sorted. */
  async all(): Promise<string[]> {
    const rows = await this.harness.database.query<{ order_id: string }>('select order_id from effects');
    return rows.map(({ order_id }) => order_id).sort();
  }

  /** How many transactions have left them. */
  async transactions(): Promise<number> {
    return (await this.harness.database.query('select distinct xmin::text from effects')).length;
  }
}
