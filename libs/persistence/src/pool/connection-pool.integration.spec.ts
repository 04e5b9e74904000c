import { sql } from 'kysely';
import { TestDatabase } from '../../../../test/support/test-database';
import { eventually } from '../../../../infra/eventually';
import { latch } from '../../../../test/support/messaging-harness';
import { Scrape } from '../../../../test/support/scrape';
import { openPersistence, type Persistence } from '../../../../test/support/persistence';
import type { Database } from '../database';
import { ConnectionPool } from './connection-pool';
import {
  DatabaseUnavailable,
  Deadlocked,
  isTemporary,
  PoolBusy,
  ServerBusy,
  StatementTimedOut,
} from './database-errors';

const POOL_SIZE = 2;

/** A transaction in which nothing comes is ended after twice as long. */
const STATEMENT_TIMEOUT_MS = 500;

const TERMINATE =
  'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
const CONNECTIONS_IN_TRANSACTION =
  "select pid from pg_stat_activity where datname = current_database() and state = 'idle in transaction'";

describe(ConnectionPool.name, () => {
  let testDatabase: TestDatabase;
  let persistence: Persistence<unknown>;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create();
    await testDatabase.query('create table things (id int primary key)');
    await testDatabase.query(`grant all on things to ${testDatabase.name}`);
    const config = { databasePoolSize: POOL_SIZE, statementTimeoutMs: STATEMENT_TIMEOUT_MS };
    persistence = await openPersistence(testDatabase.url, {}, config);
    database = persistence.database;
  });

  beforeEach(() => testDatabase.query('truncate things'));

  afterAll(async () => {
    await persistence.close();
    await testDatabase.drop();
  });

  const insert = (id: number) => sql`insert into things values (${id})`.execute(database.query);
  const backend = async (): Promise<unknown> => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.query);
    return rows[0]?.pid;
  };
  const connections = () =>
    testDatabase.query('select pid, application_name from pg_stat_activity where usename = $1 order by pid', [
      testDatabase.name,
    ]);
  const ids = () => testDatabase.query('select id from things order by id');

  const holding = (held: Promise<void>) => async (): Promise<void> => {
    await backend();
    await held;
  };

  /** Every connection of the pool serves one query at the same time. */
  const expectWholePoolToWork = async (): Promise<void> => {
    const pids = Array.from({ length: POOL_SIZE }, () => database.transaction(backend));
    expect(new Set(await Promise.all(pids)).size).toBe(POOL_SIZE);
  };

  it('tells how many of its connections are used, and how many callers wait for one', async () => {
    const scraped = async () => {
      const scrape = await Scrape.from(persistence.registry);
      return {
        ...scrape.by('state', 'database_pool_connections'),
        waiting: scrape.sum('database_pool_waiting'),
      };
    };
    await expectWholePoolToWork();
    await expect(scraped()).resolves.toEqual({ used: 0, idle: POOL_SIZE, waiting: 0 });
    const { held, release } = latch();
    const working = Promise.all(
      Array.from({ length: POOL_SIZE + 1 }, () => database.transaction(holding(held))),
    );
    await eventually(async () => expect(await scraped()).toEqual({ used: POOL_SIZE, idle: 0, waiting: 1 }));
    release();
    await working;
    await expect(scraped()).resolves.toEqual({ used: 0, idle: POOL_SIZE, waiting: 0 });
  });

  it('survives that its connections are killed while they are idle', async () => {
    await expectWholePoolToWork();
    await testDatabase.query(TERMINATE);
    await eventually(() => database.ping());
    await expectWholePoolToWork();
  });

  it('survives that its connection is killed in the middle of a transaction, which had no effect', async () => {
    const work = database.transaction(async () => {
      await insert(1);
      await testDatabase.query(TERMINATE);
      await insert(2);
    });
    await expect(work).rejects.toThrow(DatabaseUnavailable);
    // The pool may not yet have heard that its idle connections are gone too.
    await eventually(() => insert(3).then(() => true));
    expect(await ids()).toEqual([{ id: 3 }]);
    await expectWholePoolToWork();
  });

  it('survives that its connection is killed between the last statement and the commit', async () => {
    const work = database.transaction(async () => {
      await insert(1);
      await testDatabase.query(TERMINATE);
    });
    await expect(work).rejects.toThrow(DatabaseUnavailable);
    expect(await ids()).toEqual([]);
    await expectWholePoolToWork();
  });

  it('survives that the server has ended its transaction, since the process was held still in the middle of it', async () => {
    const work = database.transaction(async () => {
      await insert(1);
      // Nothing else runs meanwhile, so the next statement goes out before what the server has said is heard.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * STATEMENT_TIMEOUT_MS);
      await insert(2);
    });
    await expect(work).rejects.toThrow(DatabaseUnavailable);
    expect(await ids()).toEqual([]);
    await expectWholePoolToWork();
  });

  it('survives that its connection is killed while a statement runs', async () => {
    const patient = await openPersistence(testDatabase.url, {}, { statementTimeoutMs: 60_000 });
    const work = sql`select pg_sleep(60)`.execute(patient.database.query);
    const sleeping =
      "select 1 from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid()";
    await Promise.all([
      expect(work).rejects.toThrow(DatabaseUnavailable),
      eventually(async () => (await testDatabase.query(sleeping)).length === 1).then(() =>
        testDatabase.query(TERMINATE),
      ),
    ]);
    await expect(patient.database.ping()).resolves.toBeUndefined();
    await patient.close();
    await eventually(() => database.ping());
    await expectWholePoolToWork();
  });

  it('ends a statement that takes too long, and gives the connection back', async () => {
    const started = performance.now();
    await expect(sql`select pg_sleep(30)`.execute(database.query)).rejects.toThrow(StatementTimedOut);
    expect(performance.now() - started).toBeLessThan(5_000);
    await expectWholePoolToWork();
  });

  it('ends a transaction that waits too long for a lock, and can go on when that is released', async () => {
    await insert(1);
    const update = () => sql`update things set id = id`.execute(database.query);
    const locked = gate();
    const tried = gate();
    const holder = database.transaction(async () => {
      await update();
      locked.open();
      await tried.opened;
    });
    await locked.opened;
    await expect(database.transaction(update)).rejects.toThrow(StatementTimedOut);
    tried.open();
    await holder;
    await expect(update()).resolves.toBeDefined();
    await expectWholePoolToWork();
  });

  it("says that two transactions were in each other's way, when the server ends one of them", async () => {
    await insert(1);
    await insert(2);
    // The server looks for deadlocks only after a second of waiting.
    const patient = await openPersistence(testDatabase.url, {}, { statementTimeoutMs: 60_000 });
    const update = (id: number) =>
      sql`update things set id = id where id = ${id}`.execute(patient.database.query);
    const [first, second] = [gate(), gate()];
    const crossing = [
      patient.database.transaction(async () => {
        await update(1);
        first.open();
        await second.opened;
        await update(2);
      }),
      patient.database.transaction(async () => {
        await update(2);
        second.open();
        await first.opened;
        await update(1);
      }),
    ];
    const errors = (await Promise.allSettled(crossing)).flatMap((outcome): unknown[] =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(errors).toEqual([expect.any(Deadlocked)]);
    expect(isTemporary(errors[0])).toBe(true);
    await patient.close();
  });

  it('lets the server end a transaction in which nothing happens, and takes its connection back', async () => {
    const ended = gate();
    const idle = database.transaction(async () => {
      await insert(1);
      await ended.opened;
    });
    await eventually(async () => (await testDatabase.query(CONNECTIONS_IN_TRANSACTION)).length === 1);
    await eventually(async () => (await testDatabase.query(CONNECTIONS_IN_TRANSACTION)).length === 0);
    ended.open();
    await expect(idle).rejects.toThrow(DatabaseUnavailable);
    expect(await ids()).toEqual([]);
    await expectWholePoolToWork();
  });

  describe('where the server takes one connection more, and no other', () => {
    let limited: TestDatabase;
    let service: Persistence<unknown>;

    beforeEach(async () => {
      limited = await TestDatabase.create();
      service = await openPersistence(limited.url);
      await limited.query(`alter role ${limited.name} connection limit 1`);
    });

    afterEach(async () => {
      await service.close();
      await limited.drop();
    });

    /** Holds its connection for so many seconds. */
    const work = (seconds: number) =>
      service.database.transaction(() => sql`select pg_sleep(${seconds})`.execute(service.database.query));
    const sleeping = () =>
      limited.query("select from pg_stat_activity where usename = $1 and query like '%pg_sleep%'", [
        limited.name,
      ]);
    const untilOneWorks = () => eventually(async () => expect(await sleeping()).toHaveLength(1));

    it('waits until that comes free', async () => {
      const holder = work(1);
      await untilOneWorks();
      await expect(Promise.all([holder, work(0), work(0), work(0)])).resolves.toHaveLength(4);
    });

    it('says so when it does not come free in time', async () => {
      const holder = work(4);
      await untilOneWorks();
      await expect(work(0)).rejects.toThrow(ServerBusy);
      await holder;
    });
  });

  it('says that the database is unavailable when no connection comes free in time', async () => {
    const busy = await openPersistence(testDatabase.url, {}, { databasePoolSize: 2 });
    const tried = gate();
    const holders = [1, 2].map((id) =>
      busy.database.transaction(async () => {
        await sql`insert into things values (${id})`.execute(busy.database.query);
        await tried.opened;
      }),
    );
    await expect(busy.database.ping()).rejects.toThrow(PoolBusy);
    await expect(busy.database.ping()).rejects.toThrow(DatabaseUnavailable);
    await expect(busy.readiness.report()).resolves.toMatchObject({ status: 'degraded' });
    tried.open();
    await Promise.all(holders);
    await expect(busy.database.ping()).resolves.toBeUndefined();
    await busy.close();
  });

  describe('when the service stops', () => {
    const backends = () =>
      testDatabase.query("select pid from pg_stat_activity where application_name = 'stopping'");
    const open = () => openPersistence(testDatabase.url, {}, { statementTimeoutMs: 60_000 }, 'stopping');

    it('cuts off a transaction that does not end, which had no effect', async () => {
      const stopping = await open();
      const begun = gate();
      const goesOn = gate();
      const work = stopping.database.transaction(async () => {
        await sql`insert into things values (1)`.execute(stopping.database.query);
        begun.open();
        await goesOn.opened;
        await sql`insert into things values (2)`.execute(stopping.database.query);
      });
      await begun.opened;
      await stopping.close();
      await eventually(async () => expect(await backends()).toEqual([]));
      goesOn.open();
      await expect(work).rejects.toThrow(DatabaseUnavailable);
      expect(await ids()).toEqual([]);
    });

    it('does not wait for a statement that runs', async () => {
      const stopping = await open();
      const work = sql`select pg_sleep(60)`.execute(stopping.database.query);
      await eventually(async () => (await backends()).length === 1);
      await Promise.all([expect(work).rejects.toThrow(DatabaseUnavailable), stopping.close()]);
      await testDatabase.query(TERMINATE);
    });
  });

  it.each(['25006', '25P03', '25P04', '53100', '53200', '57P01', '57P05', '58000', '58030', '58P01'])(
    'says that the database is unavailable where that says so itself: %s',
    async (code) => {
      const raise = sql`do $$ begin raise exception using errcode = '${sql.raw(code)}'; end $$`;
      await expect(raise.execute(database.query)).rejects.toThrow(DatabaseUnavailable);
      await expectWholePoolToWork();
    },
  );

  it('leaves every other error as it is, and keeps the connection', async () => {
    await insert(1);
    const before = await connections();
    await expect(insert(1)).rejects.toMatchObject({ code: '23505', severity: 'ERROR' });
    await expect(sql`select nonsense`.execute(database.query)).rejects.toMatchObject({ code: '42703' });
    expect(await connections()).toEqual(before);
  });

  it('says who it is, so that an operator can tell the connections of the services apart', async () => {
    await database.ping();
    expect(await connections()).toContainEqual({ pid: expect.any(Number), application_name: 'test' });
  });

  it.each([
    ['a port on which nothing listens', (url: URL) => (url.port = '1')],
    ['a database that does not exist', (url: URL) => (url.pathname = 'nowhere')],
    ['a password that is wrong', (url: URL) => (url.password = 'wrong')],
  ])('says that the database is unavailable: %s', async (_, change) => {
    const url = new URL(testDatabase.url);
    change(url);
    const away = await openPersistence(url.href);
    const ping = away.database.ping();
    await expect(ping).rejects.toThrow(DatabaseUnavailable);
    await expect(ping).rejects.not.toThrow(/wrong/);
    await away.close();
  });
});

/** A promise that the test fulfils when it wants to. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
