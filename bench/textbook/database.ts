import { Injectable } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';

@Injectable()
export class Database {
  readonly pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 });

  /** BEGIN, the work, COMMIT. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }

  /** Does the work in a transaction, unless this consumer has seen the event before. */
  async once(consumer: string, id: string, work: (client: PoolClient) => Promise<void>): Promise<void> {
    await this.transaction(async (client) => {
      const inbox = 'insert into inbox (consumer, id) values ($1, $2) on conflict do nothing';
      const { rowCount } = await client.query(inbox, [consumer, id]);
      if (rowCount === 1) await work(client);
    });
  }
}
