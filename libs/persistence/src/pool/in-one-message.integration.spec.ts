import { Pool } from 'pg';
import { TestDatabase } from '../../../../test/support/test-database';
import { inOneMessage } from './in-one-message';

const BEGIN = { text: 'begin', values: [] };
const FAILS = { text: 'select 1 / 0', values: [] };
const insert = (id: number) => ({ text: 'insert into things select $1 returning id', values: [id] });
const COMMIT = { text: 'commit', values: [] };

describe(inOneMessage.name, () => {
  let testDatabase: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create();
    await testDatabase.query('create table things (id int primary key)');
    await testDatabase.query(`grant all on things to ${testDatabase.name}`);
    pool = new Pool({ connectionString: testDatabase.url, max: 1 });
  });

  beforeEach(() => testDatabase.query('truncate things'));

  afterAll(async () => {
    await pool.end();
    await testDatabase.drop();
  });

  const send = async (...statements: Parameters<typeof inOneMessage>[1]) => {
    const client = await pool.connect();
    try {
      return await inOneMessage(client, statements);
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const ids = () => testDatabase.query('select id from things order by id');

  it('answers for each statement', async () => {
    const answers = await send(BEGIN, insert(1), insert(2), COMMIT);
    expect(answers.map(({ command }) => command)).toEqual(['BEGIN', 'INSERT', 'INSERT', 'COMMIT']);
    expect(answers.map(({ rows }) => rows)).toEqual([[], [{ id: 1 }], [{ id: 2 }], []]);
    expect(await ids()).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('answers for a single statement', async () => {
    expect(await send(insert(1))).toEqual([expect.objectContaining({ command: 'INSERT', rowCount: 1 })]);
  });

  it('does not execute what comes after a statement that failed, such as one that should have begun a transaction', async () => {
    await expect(send(FAILS, insert(1))).rejects.toMatchObject({ code: '22012' });
    expect(await ids()).toEqual([]);
  });

  it('does not commit after a statement that failed', async () => {
    await expect(send(BEGIN, insert(1), FAILS, COMMIT)).rejects.toMatchObject({ code: '22012' });
    expect(await ids()).toEqual([]);
  });

  it('sends parameters as pg does: lists, documents, dates, bytes and nothing', async () => {
    const values = [['a "b"', null], { name: 'x' }, new Date(0), Buffer.from('ü'), null];
    const text =
      'select $1::text[] as list, $2::jsonb as doc, $3::timestamptz as at, $4::bytea as bytes, $5::int as none';
    const [answer] = await send({ text, values });
    expect(answer?.rows).toEqual([
      { list: ['a "b"', null], doc: { name: 'x' }, at: new Date(0), bytes: Buffer.from('ü'), none: null },
    ]);
  });

  it('leaves the connection usable after an error', async () => {
    await expect(send(FAILS)).rejects.toThrow();
    expect(await send(insert(3))).toHaveLength(1);
  });
});
