import { Client } from 'pg';
import type { DatabaseName } from '../shop/databases';
import type { Shop } from '../shop/shop';

/** Locks tables against all other connections, as a migration or an operator may; what is returned unlocks them. */
export async function lockTables(shop: Shop, database: DatabaseName, ...tables: string[]): Promise<Unlock> {
  const client = new Client({ connectionString: shop.suite.postgres.url(database) });
  await client.connect();
  await client.query('begin');
  await client.query(`lock table ${tables.join(', ')} in access exclusive mode`);
  return () => client.end();
}

export type Unlock = () => Promise<void>;
