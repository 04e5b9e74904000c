import { Client, DatabaseError } from 'pg';
import { holdFamily } from '../../../infra/processes/family';
import { lockTables } from '../../support/faults/lock-tables';
import type { DatabaseName } from '../../support/shop/databases';
import type { Stage } from '../stage/stage';
import type { End, Strike } from './fault-kind';

/** The table that most statements of each database need. */
const BUSIEST: readonly (readonly [DatabaseName, string])[] = [
  ['orders', 'outbox'],
  ['orders', 'orders'],
  ['inventory', 'inbox'],
  ['inventory', 'stock'],
  ['email', 'deliveries'],
  ['sms', 'deliveries'],
];

const DATABASES: readonly DatabaseName[] = ['orders', 'inventory', 'email', 'sms'];

export const killDatabase: Strike = async ({ database }) => {
  await database.kill();
  return () => database.start();
};

export const pauseDatabase: Strike = ({ database }) => Promise.resolve(holdFamily(database.pid));

export const lockTable: Strike = async ({ shop }, { choice }) => {
  const [database, table] = BUSIEST[Math.floor(choice * BUSIEST.length)] ?? ['orders', 'outbox'];
  return lockTables(shop, database, table);
};

/** No row finds room, in any database, nor does a table; what is deleted or fits into blocks that are there still goes. */
export const fillDatabaseDisk: Strike = async (stage) => {
  for (const database of DATABASES) await asAdministrator(stage, database, FILL);
  return emptied(stage);
};

const emptied =
  (stage: Stage): End =>
  async () => {
    for (const database of DATABASES) await asAdministrator(stage, database, EMPTY);
  };

/** A table that a transaction of a paused process holds is left as it is: others must not wait behind this. */
const FILL = `
  create function disk_full() returns trigger language plpgsql as $$ begin
    raise exception using errcode = '53100', message = 'could not extend file: No space left on device';
  end $$;
  create function disk_full_for_tables() returns event_trigger language plpgsql as $$ begin
    raise exception using errcode = '53100', message = 'could not extend file: No space left on device';
  end $$;
  create event trigger disk_full on ddl_command_start when tag in ('CREATE TABLE AS') execute function disk_full_for_tables();
  set lock_timeout = '1s';
  do $$ declare found record; begin
    for found in select tablename from pg_tables where schemaname = 'public' loop
      begin
        execute format('create trigger disk_full before insert on %I for each statement execute function disk_full()', found.tablename);
      exception when lock_not_available then null;
      end;
    end loop;
  end $$`;

const EMPTY = `
  drop event trigger if exists disk_full;
  drop function if exists disk_full_for_tables;
  drop function if exists disk_full cascade`;

/** Does all of it or nothing; once more where it was the victim of a deadlock with the services, which lock the tables in an order of their own. */
async function asAdministrator(stage: Stage, database: DatabaseName, sql: string): Promise<void> {
  const client = new Client({ connectionString: stage.shop.suite.postgres.url(database) });
  await client.connect();
  try {
    await client.query(sql);
  } catch (error) {
    if (!isDeadlock(error)) throw error;
    await asAdministrator(stage, database, sql);
  } finally {
    await client.end();
  }
}

const isDeadlock = (error: unknown): boolean => error instanceof DatabaseError && error.code === '40P01';
