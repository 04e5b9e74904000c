import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { GroupCommit, Overloaded, GroupOptions } from './group-commit';

/** A group under way: which items it has, and how it ends. */
interface Run {
  readonly items: readonly string[];
  resolve(answers: readonly string[]): void;
  reject(error: unknown): void;
}

describe(GroupCommit.name, () => {
  let runs: Run[];

  beforeEach(() => (runs = []));

  /** Groups that end when the test ends them. */
  const held = (options: Partial<GroupOptions> = {}) =>
    new GroupCommit<string, string>(
      (items) => new Promise((resolve, reject) => runs.push({ items, resolve, reject })),
      { max: 100, underWay: 1, ...options },
    );
  /** Groups that are done at once, unless one of their items is refused. */
  const immediate = (refuse: (items: readonly string[]) => Error | undefined = () => undefined) => {
    const seen: (readonly string[])[] = [];
    const sut = new GroupCommit<string, string>(
      (items) => {
        seen.push(items);
        const error = refuse(items);
        return error === undefined ? Promise.resolve(items.map(answerOf)) : Promise.reject(error);
      },
      { max: 100, underWay: 1 },
    );
    return { sut, seen };
  };
  const finish = (run: Run | undefined) => run?.resolve(run.items.map(answerOf));
  const groups = () => runs.map(({ items }) => items);

  it('begins with a lone item without waiting for more', async () => {
    const { sut, seen } = immediate();
    await expect(sut.add('a')).resolves.toBe('answer to a');
    expect(seen).toEqual([['a']]);
  });

  it('puts what arrives while a group is under way into the next one, and answers each caller', async () => {
    const sut = held();
    const first = sut.add('a');
    await nextTurn();
    const next = Promise.all([sut.add('b'), sut.add('c')]);
    await nextTurn();
    expect(groups()).toEqual([['a']]);
    finish(runs[0]);
    await expect(first).resolves.toBe('answer to a');
    await nextTurn();
    expect(groups()).toEqual([['a'], ['b', 'c']]);
    finish(runs[1]);
    await expect(next).resolves.toEqual(['answer to b', 'answer to c']);
  });

  it('has no more groups under way, and no larger ones, than allowed', async () => {
    const sut = held({ max: 2, underWay: 2 });
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map((item) => sut.add(item)));
    await nextTurn();
    expect(groups()).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    finish(runs[1]);
    await nextTurn();
    expect(groups().slice(2)).toEqual([['e']]);
    finish(runs[0]);
    finish(runs[2]);
    await expect(all).resolves.toHaveLength(5);
  });

  it('runs in the context of none of its callers, nor of the code that made it, and answers each caller in its own', async () => {
    const context = new AsyncLocalStorage<string>();
    const inGroup: unknown[] = [];
    const run = (items: readonly string[]) => {
      inGroup.push(context.getStore());
      return Promise.resolve(items);
    };
    const sut = context.run('maker', () => new GroupCommit(run, { max: 10, underWay: 1 }));
    const ask = (name: string) =>
      context.run(name, async () => {
        await sut.add(name);
        return context.getStore();
      });
    await expect(Promise.all([ask('a'), ask('b')])).resolves.toEqual(['a', 'b']);
    expect(inGroup).toEqual([undefined]);
  });

  describe('when a group fails', () => {
    const rowError = (code: string) => Object.assign(new DatabaseError('refused', 0, 'error'), { code });
    const outcomes = async (sut: GroupCommit<string, string>, items: readonly string[]): Promise<unknown[]> =>
      (await Promise.allSettled(items.map((item) => sut.add(item)))).map((outcome): unknown =>
        outcome.status === 'fulfilled' ? outcome.value : outcome.reason,
      );

    it.each(['22P05', '23505', '54000'])(
      'for a row (%s), only the caller of that one is refused',
      async (code) => {
        const error = rowError(code);
        const { sut, seen } = immediate((items) => (items.includes('bad') ? error : undefined));
        expect(await outcomes(sut, ['a', 'bad', 'b'])).toEqual(['answer to a', error, 'answer to b']);
        expect(seen).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
      },
    );

    it('for a row, a lone item is not tried twice', async () => {
      const error = rowError('23505');
      const { sut, seen } = immediate(() => error);
      expect(await outcomes(sut, ['bad'])).toEqual([error]);
      expect(seen).toEqual([['bad']]);
    });

    it('for any other reason, all callers are told, and nothing is tried again', async () => {
      const error = new Error('the database is away');
      const { sut, seen } = immediate(() => error);
      expect(await outcomes(sut, ['a', 'b'])).toEqual([error, error]);
      expect(seen).toHaveLength(1);
    });

    it('stops doing items one by one when the database goes away meanwhile', async () => {
      const [refused, away] = [rowError('23505'), new Error('the database is away')];
      const failures = [refused, refused, away];
      const { sut, seen } = immediate(() => failures.shift());
      expect(await outcomes(sut, ['a', 'b', 'c'])).toEqual([refused, away, away]);
      expect(seen).toEqual([['a', 'b', 'c'], ['a'], ['b']]);
    });

    it('for an answer that is missing, all callers are told', async () => {
      const sut = new GroupCommit<string, string>(() => Promise.resolve(['one']), { max: 10, underWay: 1 });
      const error = expect.objectContaining({ message: expect.stringContaining('one answer for each') });
      expect(await outcomes(sut, ['a', 'b'])).toEqual([error, error]);
    });

    it('goes on with the next group', async () => {
      const sut = held();
      const [first, second] = [sut.add('a'), nextTurn().then(() => sut.add('b'))];
      await nextTurn();
      runs[0]?.reject(new Error('away'));
      await expect(first).rejects.toThrow('away');
      await nextTurn();
      await nextTurn();
      finish(runs[1]);
      await expect(second).resolves.toBe('answer to b');
    });
  });

  describe('with a limit to waiting', () => {
    const sut = () => held({ waitLimitMs: 50 });

    it('refuses an item that could not be begun in time, and never begins it', async () => {
      const groupCommit = sut();
      const first = groupCommit.add('a');
      await nextTurn();
      const late = groupCommit.add('b');
      await expect(late).rejects.toThrow(Overloaded);
      await expect(late).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5 });
      const last = groupCommit.add('c');
      finish(runs[0]);
      await first;
      await nextTurn();
      finish(runs[1]);
      await expect(last).resolves.toBe('answer to c');
      expect(groups()).toEqual([['a'], ['c']]);
    });

    it('does not give up an item that has begun, however long it takes', async () => {
      const groupCommit = sut();
      const first = groupCommit.add('a');
      await nextTurn();
      await expect(groupCommit.add('b')).rejects.toThrow(Overloaded);
      finish(runs[0]);
      await expect(first).resolves.toBe('answer to a');
    });
  });
});

const answerOf = (item: string): string => `answer to ${item}`;
