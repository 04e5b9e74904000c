import { join } from 'node:path';
import { sql } from 'kysely';
import { PrivatePostgres } from '../../../infra/postgres/private-postgres';
import { TestDatabase } from '../../../test/support/test-database';
import { eventually } from '../../../infra/eventually';
import { openPersistence, type Persistence } from '../../../test/support/persistence';
import { TestFolder } from '../../../test/support/test-folder';
import { DatabaseAvailability } from './database-availability';
import { sqlMigration } from './migrations/migrations';
import { DatabaseUnavailable } from './pool/database-errors';

const migrations = { '0001_things': sqlMigration('create table things (id int primary key)') };

describe(DatabaseAvailability.name, () => {
  let folder: TestFolder;
  let server: PrivatePostgres;
  let url: string;
  let persistence: Persistence<unknown>;
  let sut: DatabaseAvailability;

  beforeAll(async () => {
    folder = await TestFolder.take('own-postgres');
    const { path, ledger } = folder;
    server = new PrivatePostgres({ folder: join(path, 'postgres'), fsync: false, ledger });
    await server.start();
    await server.createDatabase('things', 'things', 'secret');
    url = server.url('things', 'things');
    await server.stop();
    persistence = await openPersistence(url, migrations);
    sut = persistence.availability;
  });

  afterAll(async () => {
    await persistence.close();
    await server.remove();
    folder.remove();
  });

  const insert = (id: number) =>
    persistence.database.transaction(() =>
      sql`insert into things values (${id})`.execute(persistence.database.query),
    );
  const things = async (): Promise<unknown[]> =>
    (await sql`select id from things order by id`.execute(persistence.database.query)).rows;
  const status = async () => (await persistence.readiness.report()).status;

  it('lets a service start without its database, which is then not ready', async () => {
    await expect(status()).resolves.toBe('unavailable');
    await expect(insert(1)).rejects.toThrow(DatabaseUnavailable);
  });

  it('stops waiting when the service stops', async () => {
    const other = await openPersistence(url, migrations);
    const waiting = other.availability.whenAvailable();
    await Promise.all([expect(waiting).rejects.toMatchObject({ name: 'AbortError' }), other.close()]);
  });

  it('migrates as soon as the database is there', async () => {
    const available = sut.whenAvailable();
    await server.start();
    await available;
    await expect(things()).resolves.toEqual([]);
    await expect(status()).resolves.toBe('ok');
  });

  it('counts a server that takes no writes, as a standby does, as away', async () => {
    const standby = await TestDatabase.create();
    const connected = await openPersistence(standby.url);
    const setReadOnly = async (readOnly: boolean): Promise<void> => {
      await standby.query(`alter role ${standby.name} set default_transaction_read_only = ${readOnly}`);
      await standby.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [
        standby.name,
      ]);
    };
    await setReadOnly(true);
    await eventually(() =>
      expect(connected.database.ping()).rejects.toMatchObject({ cause: { message: 'It is read-only.' } }),
    );
    const available = connected.availability.whenAvailable();
    await setReadOnly(false);
    await available;
    await connected.close();
    await standby.drop();
  });

  describe('after a failover that has left it with connections to what takes no writes', () => {
    let standby: TestDatabase;
    let connected: Persistence<unknown>;

    /** For sessions that begin from now on; those that are there stay as they are. */
    const setReadOnly = (readOnly: boolean) =>
      standby.query(`alter role ${standby.name} set default_transaction_read_only = ${readOnly}`);
    const read = () => sql`select 1`.execute(connected.database.query);
    const write = () => sql`insert into things values (1)`.execute(connected.database.query);

    beforeEach(async () => {
      standby = await TestDatabase.create();
      connected = await openPersistence(standby.url, migrations);
      await setReadOnly(true);
      await standby.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [
        standby.name,
      ]);
      await eventually(() => read().then(() => true));
      await setReadOnly(false);
    });

    afterEach(async () => {
      await connected.close();
      await standby.drop();
    });

    it('comes back: one that a look finds is thrown away', async () => {
      await expect(connected.database.ping()).rejects.toThrow(DatabaseUnavailable);
      await connected.availability.whenAvailable();
      await expect(write()).resolves.toBeDefined();
    });

    it('comes back: one that a statement finds is thrown away', async () => {
      await expect(write()).rejects.toThrow(DatabaseUnavailable);
      await expect(write()).resolves.toBeDefined();
    });
  });

  it('counts a server that answers but has no room on its disk as away, until it takes writes', async () => {
    const full = await TestDatabase.create();
    const connected = await openPersistence(full.url, migrations);
    await full.query(`
      create function disk_full() returns event_trigger language plpgsql as $$ begin
        raise exception using errcode = '53100', message = 'could not extend file: No space left on device';
      end $$;
      create event trigger disk_full on ddl_command_start when tag in ('CREATE TABLE AS') execute function disk_full()`);
    await expect(connected.database.ping()).resolves.toBeUndefined();
    await expect(connected.availability.isAvailable()).resolves.toBe(false);
    const available = connected.availability.whenAvailable();
    await full.query('drop event trigger disk_full');
    await available;
    await connected.close();
    await full.drop();
  });

  it('leaves nothing behind when it tries whether it can write, however many do so at once', async () => {
    const relations = sql`select relname from pg_class where relname like '%probe%'`;
    await Promise.all(Array.from({ length: 10 }, () => persistence.database.probeWrite()));
    await expect(relations.execute(persistence.database.query)).resolves.toMatchObject({ rows: [] });
  });

  it('asks again whatever goes wrong, once its schema is there', async () => {
    const outOfFiles = Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    const ping = jest.spyOn(persistence.database, 'ping').mockRejectedValueOnce(outOfFiles);
    await sut.whenAvailable();
    expect(ping).toHaveBeenCalledTimes(2);
    ping.mockRestore();
  });

  it('survives that the server is killed, says so, and goes on when it is back with all that was committed', async () => {
    await insert(1);
    await server.kill();

    await expect(insert(2)).rejects.toThrow(DatabaseUnavailable);
    await expect(status()).resolves.toBe('unavailable');

    const available = sut.whenAvailable();
    await server.start();
    await available;
    await insert(3);
    await expect(things()).resolves.toEqual([{ id: 1 }, { id: 3 }]);
    await expect(status()).resolves.toBe('ok');
  });

  it('survives that the server stops in the middle of a transaction, which had no effect', async () => {
    const work = persistence.database.transaction(async () => {
      await sql`insert into things values (4)`.execute(persistence.database.query);
      await server.stop();
      await sql`insert into things values (5)`.execute(persistence.database.query);
    });
    await expect(work).rejects.toThrow(DatabaseUnavailable);

    await server.start();
    await eventually(() => persistence.database.ping());
    await expect(things()).resolves.toEqual([{ id: 1 }, { id: 3 }]);
  });
});
