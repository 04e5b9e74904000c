import { setImmediate as turn } from 'node:timers/promises';
import { Semaphore } from './semaphore';

/** A task that ends when it is told to. */
class Task {
  started = false;
  end: () => void = () => undefined;
  fail: (error: Error) => void = () => undefined;

  readonly run = (): Promise<void> => {
    this.started = true;
    return new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
  };
}

describe(Semaphore.name, () => {
  const tasks = (count: number) => Array.from({ length: count }, () => new Task());
  const running = (all: readonly Task[]) => all.map(({ started }) => started);

  it('runs no more tasks at once than its limit', async () => {
    const sut = new Semaphore(2);
    const all = tasks(3);
    const results = all.map((task) => sut.run(task.run));
    await turn();
    expect(running(all)).toEqual([true, true, false]);
    all[1]?.end();
    await turn();
    expect(running(all)).toEqual([true, true, true]);
    for (const task of all) task.end();
    await Promise.all(results);
  });

  it('lets those that wait run in the order in which they came', async () => {
    const sut = new Semaphore(1);
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2, 3].map((number) =>
        sut.run(async () => {
          await turn();
          order.push(number);
        }),
      ),
    );
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it('gives the place of a task that fails to the next one', async () => {
    const sut = new Semaphore(1);
    const [first = new Task(), second = new Task()] = tasks(2);
    const failed = sut.run(first.run);
    const passed = sut.run(second.run);
    await turn();
    first.fail(new Error('no'));
    await expect(failed).rejects.toThrow('no');
    await turn();
    second.end();
    await expect(passed).resolves.toBeUndefined();
  });

  it('gives the place of a task that throws at once to the next one', async () => {
    const sut = new Semaphore(1);
    const thrown = sut.run(() => {
      throw new Error('at once');
    });
    await expect(thrown).rejects.toThrow('at once');
    await expect(sut.run(() => Promise.resolve(7))).resolves.toBe(7);
  });

  it('keeps its limit when a place becomes free while none waits', async () => {
    const sut = new Semaphore(1);
    await sut.run(() => Promise.resolve());
    await sut.run(() => Promise.resolve());
    const all = tasks(2);
    const results = all.map((task) => sut.run(task.run));
    await turn();
    expect(running(all)).toEqual([true, false]);
    all[0]?.end();
    await turn();
    all[1]?.end();
    await Promise.all(results);
  });
});
