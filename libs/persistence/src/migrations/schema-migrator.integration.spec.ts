import { createDatabase, type TestDatabase } from '../../../../test/support/database';
import { openPersistence } from '../../../../test/support/persistence';
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
    testDatabase = await createDatabase();
  });

  afterEach(() => testDatabase.drop());

  /** As a service does when it starts. */
  const startWith = async (migrations: Migrations): Promise<void> => {
    const persistence = await openPersistence(testDatabase.url, migrations);
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

  it('stops the start when one fails, and undoes those that came with it', async () => {
    await startWith(SECOND);
    await expect(startWith(FAILING)).rejects.toMatchObject({ code: '42P01' });
    expect(await things()).toEqual([1, 2]);
  });

  it('refuses a database that an applied migration was taken from', async () => {
    await startWith(SECOND);
    await expect(startWith(FIRST)).rejects.toThrow('0002_more_things');
  });
});
