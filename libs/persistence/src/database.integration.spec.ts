import { AsyncResource } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { TestDatabase } from '../../../test/support/test-database';
import { openPersistence, type Persistence } from '../../../test/support/persistence';
import { Database } from './database';
import { GroupCommit } from './group-commit';
import { sqlMigration } from './migrations/migrations';
import { TransactionEnded } from './running-transaction';

interface Schema {
  notes: { text: string };
}

const migrations = { '0001_notes': sqlMigration('create table notes (text text primary key)') };

describe(Database.name, () => {
  let testDatabase: TestDatabase;
  let persistence: Persistence<Schema>;
  let sut: Database<Schema>;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create();
    persistence = await openPersistence<Schema>(testDatabase.url, migrations);
    sut = persistence.database;
  });

  beforeEach(() => testDatabase.query('truncate notes'));

  afterAll(async () => {
    await persistence.close();
    await testDatabase.drop();
  });

  /** Written wherever the caller works: in its transaction or without one. */
  const write = async (text: string): Promise<void> => {
    await sut.query.insertInto('notes').values({ text }).execute();
  };
  /** What other transactions can see. */
  const committed = async (): Promise<string[]> => {
    const rows = await testDatabase.query<{ text: string }>('select text from notes order by text');
    return rows.map(({ text }) => text);
  };

  it('commits all of the work when it resolves, and answers what the work answers', async () => {
    const answer = await sut.transaction(async () => {
      await write('a');
      await write('b');
      expect(await committed()).toEqual([]);
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await committed()).toEqual(['a', 'b']);
  });

  it('rolls back all of the work when it rejects, and rejects with the same error', async () => {
    const failure = new Error('no');
    const work = sut.transaction(async () => {
      await write('a');
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await committed()).toEqual([]);
  });

  it('rolls back when a statement fails, and tells the error of the database', async () => {
    await write('a');
    const work = sut.transaction(async () => {
      await write('b');
      await write('a');
    });
    await expect(work).rejects.toMatchObject({ code: '23505', table: 'notes' });
    expect(await committed()).toEqual(['a']);
  });

  it('does not say that it committed what the database rolled back, because the work hid an error', async () => {
    await write('a');
    const work = sut.transaction(async () => {
      await write('b');
      await write('a').catch(() => undefined);
    });
    await expect(work).rejects.toThrow();
    expect(await committed()).toEqual(['a']);
  });

  it('commits at once outside a transaction', async () => {
    await write('a');
    expect(await committed()).toEqual(['a']);
  });

  it('sees in the transaction what it wrote there', async () => {
    await sut.transaction(async () => {
      await write('a');
      await expect(sut.query.selectFrom('notes').selectAll().execute()).resolves.toEqual([{ text: 'a' }]);
    });
  });

  it('joins the transaction that runs: the outer one decides for both', async () => {
    const work = sut.transaction(async () => {
      await sut.transaction(() => write('inner'));
      expect(await committed()).toEqual([]);
      throw new Error('outer');
    });
    await expect(work).rejects.toThrow('outer');
    expect(await committed()).toEqual([]);

    await sut.transaction(async () => {
      await sut.transaction(() => write('inner'));
      await write('outer');
    });
    expect(await committed()).toEqual(['inner', 'outer']);
  });

  it('rolls back the outer work when the inner rejects and its error is not caught', async () => {
    const work = sut.transaction(async () => {
      await write('outer');
      await sut.transaction(() => Promise.reject(new Error('inner')));
    });
    await expect(work).rejects.toThrow('inner');
    expect(await committed()).toEqual([]);
  });

  it('keeps transactions apart that run at the same time', async () => {
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((text) =>
        sut.transaction(async () => {
          await write(text);
          await nextTurn();
          if (text === 'b' || text === 'd') throw new Error(text);
        }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(await committed()).toEqual(['a', 'c']);
  });

  it('waits for a connection when more transactions want one than the pool has', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `note ${index}`);
    await Promise.all(texts.map((text) => sut.transaction(() => write(text))));
    expect(await committed()).toHaveLength(60);
  });

  describe('afterCommit', () => {
    it('runs the actions in their order, once other transactions can see the work', async () => {
      const seen: string[] = [];
      let visible: Promise<string[]> | undefined;
      await sut.transaction(async () => {
        sut.afterCommit(() => seen.push('first'));
        await sut.transaction(async () => {
          sut.afterCommit(() => seen.push('of the inner'));
          await write('a');
        });
        sut.afterCommit(() => {
          seen.push('last');
          visible = committed();
        });
        expect(seen).toEqual([]);
      });
      expect(seen).toEqual(['first', 'of the inner', 'last']);
      await expect(visible).resolves.toEqual(['a']);
    });

    it('never runs them after a rollback', async () => {
      const action = jest.fn();
      const work = sut.transaction(() => {
        sut.afterCommit(action);
        return Promise.reject(new Error('no'));
      });
      await expect(work).rejects.toThrow('no');
      expect(action).not.toHaveBeenCalled();
    });

    it('never runs them when the commit itself fails', async () => {
      await testDatabase.query(
        'create table strict (id int primary key, of int references strict deferrable initially deferred)',
      );
      await testDatabase.query(`grant all on strict to ${testDatabase.name}`);
      const action = jest.fn();
      const work = sut.transaction(async () => {
        sut.afterCommit(action);
        await sut.query
          .withTables<{ strict: { id: number; of: number } }>()
          .insertInto('strict')
          .values({ id: 1, of: 2 })
          .execute();
      });
      await expect(work).rejects.toMatchObject({ code: '23503' });
      expect(action).not.toHaveBeenCalled();
    });

    it('runs at once what comes late, from work that the transaction did not wait for', async () => {
      const action = jest.fn();
      let comeLate = (): void => undefined;
      await sut.transaction(async () => {
        comeLate = AsyncResource.bind(() => sut.afterCommit(action));
        await write('a');
      });
      comeLate();
      expect(action).toHaveBeenCalledTimes(1);
    });

    it('resolves though an action throws, which keeps no other from running', async () => {
      const action = jest.fn();
      const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation();
      await sut.transaction(async () => {
        sut.afterCommit(() => {
          throw new Error('too bad');
        });
        sut.afterCommit(action);
        await write('a');
      });
      expect(action).toHaveBeenCalledTimes(1);
      expect(logged).toHaveBeenCalledWith(expect.objectContaining({ message: 'too bad' }));
      logged.mockRestore();
    });

    it('runs an action at once where there is no transaction', () => {
      const action = jest.fn();
      sut.afterCommit(action);
      expect(action).toHaveBeenCalledTimes(1);
    });
  });

  describe('beforeCommit', () => {
    const insertAll = (texts: readonly string[]) =>
      sql`insert into notes (text) select unnest(${texts}::text[])`;
    const insertNumbered = (texts: readonly string[]) =>
      sql`insert into notes (text) select number || text from unnest(${texts}::text[]) with ordinality as note (text, number)`;

    it('writes all items by one statement right before the commit, in the order in which they were added', async () => {
      const written = jest.fn(insertAll);
      await sut.transaction(async () => {
        await sut.beforeCommit(written, 'b');
        await sut.transaction(() => sut.beforeCommit(written, 'a'));
        expect(written).not.toHaveBeenCalled();
      });
      expect(written.mock.calls).toEqual([[['b', 'a']]]);
      expect(await committed()).toEqual(['a', 'b']);
    });

    it('runs the statements of several writers in the order of their first item', async () => {
      await sut.transaction(async () => {
        await sut.beforeCommit(insertAll, 'a');
        await sut.beforeCommit(insertNumbered, 'b');
        await sut.beforeCommit(insertAll, 'c');
        await sut.beforeCommit(insertNumbered, 'd');
      });
      // The table was emptied before, so its rows lie in the order in which they were written.
      const rows = await testDatabase.query<{ text: string }>('select text from notes order by ctid');
      expect(rows.map(({ text }) => text)).toEqual(['a', 'c', '1b', '2d']);
    });

    it('rolls all back when the statement before the last fails', async () => {
      await write('taken');
      const work = sut.transaction(async () => {
        await sut.beforeCommit(insertAll, 'taken');
        await sut.beforeCommit(insertNumbered, 'b');
      });
      await expect(work).rejects.toMatchObject({ code: '23505' });
      expect(await committed()).toEqual(['taken']);
    });

    it('says that nothing was committed where the work hid an error', async () => {
      await write('taken');
      const work = sut.transaction(async () => {
        await write('taken').catch(() => undefined);
        await sut.beforeCommit(insertAll, 'a');
      });
      await expect(work).rejects.toThrow();
      expect(await committed()).toEqual(['taken']);
    });

    it('is a transaction also where that has no other statement', async () => {
      const work = sut.transaction(() => sut.beforeCommit(insertAll, 'a'));
      await expect(work).resolves.toBeUndefined();
      expect(await committed()).toEqual(['a']);
    });

    it('writes before the actions after the commit run', async () => {
      let seen: Promise<string[]> | undefined;
      await sut.transaction(async () => {
        sut.afterCommit(() => {
          seen = committed();
        });
        await sut.beforeCommit(insertAll, 'a');
      });
      await expect(seen).resolves.toEqual(['a']);
    });

    it('rolls all back, and runs no action, when the write fails', async () => {
      await write('taken');
      const action = jest.fn();
      const work = sut.transaction(async () => {
        await write('work');
        sut.afterCommit(action);
        await sut.beforeCommit(insertAll, 'taken');
      });
      await expect(work).rejects.toMatchObject({ code: '23505' });
      expect(await committed()).toEqual(['taken']);
      expect(action).not.toHaveBeenCalled();
    });

    it('writes nothing when the work rejects', async () => {
      const written = jest.fn(insertAll);
      const work = sut.transaction(async () => {
        await sut.beforeCommit(written, 'a');
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
      expect(written).not.toHaveBeenCalled();
    });

    it.each([
      ['committed', () => Promise.resolve()],
      ['rolled back', () => Promise.reject(new Error('no'))],
    ])('refuses what comes after the transaction was %s: it would be lost', async (_, end) => {
      let writeLate = (): Promise<void> => Promise.resolve();
      const work = sut.transaction(() => {
        writeLate = AsyncResource.bind(() => sut.beforeCommit(insertAll, 'late'));
        return end();
      });
      await work.catch(() => undefined);
      await expect(writeLate()).rejects.toThrow(TransactionEnded);
      expect(await committed()).toEqual([]);
    });

    it('writes at once where there is no transaction', async () => {
      await sut.beforeCommit(insertAll, 'a');
      expect(await committed()).toEqual(['a']);
    });
  });

  describe('with a group commit', () => {
    it('takes part in a transaction that runs, and commits with others where there is none', async () => {
      const groups = new GroupCommit(
        async (texts: readonly string[]) => {
          await sut.transaction(() => Promise.all(texts.map(write)));
          return texts;
        },
        { max: 10, underWay: 1 },
      );
      const inside = sut.transaction(async () => {
        await groups.add('inside');
        throw new Error('rolled back');
      });
      await expect(inside).rejects.toThrow('rolled back');
      await Promise.all(['a', 'b'].map((text) => groups.add(text)));
      expect(await committed()).toEqual(['a', 'b']);
    });
  });
});
