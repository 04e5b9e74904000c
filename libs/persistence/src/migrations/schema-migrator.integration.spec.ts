import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { TestDatabase } from '../../../../test/support/test-database';
import { eventually } from '../../../../infra/eventually';
import { openPersistence } from '../../../../test/support/persistence';
import type { DatabaseConfig } from '../database.config';
import { sqlMigration, type Migrations } from './migrations';
import { SchemaMigrator } from './schema-migrator';

const FIRST = {
  '0001_things': sqlMigration('create table things (id int primary key)', 'insert into things values (1)'),
};
const SECOND = { ...FIRST, '0002_more_things': sqlMigration('insert into things values (2)') };
const FAILING = {
  ...SECOND,
  '0003_good': sqlMigration('insert into things values (3)'),
  '0004_bad': sqlMigration('insert into things values (4)', 'insert into nowhere values (1)'),
};

describe(SchemaMigrator.name, () => {
  let testDatabase: TestDatabase;

  beforeEach(async () => {
    testDatabase = await TestDatabase.create();
  });

  afterEach(() => testDatabase.drop());

  /** As a service does when it starts. */
  const startWith = async (migrations: Migrations, config: Partial<DatabaseConfig> = {}): Promise<void> => {
    const persistence = await openPersistence(testDatabase.url, migrations, config);
    await persistence.availability.whenAvailable();
    await persistence.close();
  };
  const things = async (): Promise<unknown[]> => {
    const rows = await testDatabase.query<{ id: number }>('select id from things order by id');
    return rows.map(({ id }) => id);
  };

  it('applies the migrations in the order of their names', async () => {
    await startWith(Object.fromEntries(Object.entries(SECOND).reverse()));
    expect(await things()).toEqual([1, 2]);
  });

  it('applies each once, however often the service starts', async () => {
    await startWith(SECOND);
    await startWith(SECOND);
    expect(await things()).toEqual([1, 2]);
  });

  it('applies each once when several replicas start at the same time', async () => {
    await Promise.all(Array.from({ length: 5 }, () => startWith(SECOND)));
    expect(await things()).toEqual([1, 2]);
  });

  it('applies what is new', async () => {
    await startWith(FIRST);
    expect(await things()).toEqual([1]);
    await startWith(SECOND);
    expect(await things()).toEqual([1, 2]);
  });

  it('lets a migration take longer than any other statement may', async () => {
    const slow = sqlMigration('select pg_sleep(1.5)', 'insert into things values (2)');
    await startWith({ ...FIRST, '0002_slow': slow }, { statementTimeoutMs: 500 });
    expect(await things()).toEqual([1, 2]);
  });

  it('does not let one wait for a lock for longer, and tries again until it gets it', async () => {
    await startWith(FIRST);
    const blocker = await openPersistence(testDatabase.url, FIRST, { statementTimeoutMs: 30_000 });
    const waiting = "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'alter%'";
    const pids = new Set<number>();
    const wider = { ...FIRST, '0002_wider': sqlMigration('alter table things add column name text') };
    let starting: Promise<void> | undefined;
    await blocker.database.transaction(async () => {
      await sql`select 1 from things`.execute(blocker.database.query);
      starting = startWith(wider, { statementTimeoutMs: 300 });
      await eventually(async () => {
        for (const { pid } of await testDatabase.query<{ pid: number }>(waiting)) pids.add(pid);
        expect(pids.size).toBeGreaterThan(1);
      });
    });
    await starting;
    await blocker.close();
  });

  it('stops the start when one fails, and undoes those that came with it', async () => {
    await startWith(SECOND);
    await expect(startWith(FAILING)).rejects.toMatchObject({ code: '42P01' });
    expect(await things()).toEqual([1, 2]);
  });

  it('starts on what a newer version has migrated, and says so', async () => {
    await startWith(SECOND);
    const log = jest.spyOn(Logger.prototype, 'log');
    await startWith(FIRST);
    const lines = log.mock.calls.map(([line]: unknown[]) => String(line));
    log.mockRestore();
    expect(lines).toContain('a newer version has migrated this database: 0002_more_things');
    await startWith({ ...SECOND, '0003_last': sqlMigration('insert into things values (3)') });
    expect(await things()).toEqual([1, 2, 3]);
  });

  it('starts while a newer version migrates', async () => {
    await startWith(FIRST);
    const slow = {
      ...FIRST,
      '0002_slow': sqlMigration('select pg_sleep(0.5)', 'insert into things values (2)'),
    };
    const newer = startWith(slow);
    await eventually(async () =>
      expect(
        await testDatabase.query(
          "select from pg_stat_activity where query like '%pg_sleep(0.5)%' and pid <> pg_backend_pid()",
        ),
      ).toHaveLength(1),
    );
    await Promise.all([newer, startWith(FIRST), startWith(FIRST)]);
    expect(await things()).toEqual([1, 2]);
  });

  it('refuses a database that an applied migration was taken from, where that is none of a newer version', async () => {
    await startWith(SECOND);
    const withoutFirst = { '0002_more_things': SECOND['0002_more_things'] };
    await expect(startWith(withoutFirst)).rejects.toThrow('0001_things');
  });
});
