import { setImmediate as turn } from 'node:timers/promises';
import { RunningWork } from './running-work';

describe(RunningWork.name, () => {
  let sut: RunningWork;
  beforeEach(() => (sut = new RunningWork()));

  /** Starts a piece of work; resolves with what ends it. */
  const work = (): (() => void) => {
    let end = (): void => undefined;
    sut.add(new Promise<void>((resolve) => (end = resolve)));
    return end;
  };

  it('is settled at once when nothing runs', async () => {
    const started = performance.now();
    await sut.settled(10_000);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('waits until the last piece of work is done, and no longer', async () => {
    const [endFirst, endSecond] = [work(), work()];
    let over = false;
    const wait = sut.settled(10_000).then(() => (over = true));
    endFirst();
    await turn();
    expect([over, sut.size]).toEqual([false, 1]);
    endSecond();
    await wait;
    expect(sut.size).toBe(0);
  });

  it('waits also for what begins meanwhile', async () => {
    const endFirst = work();
    let over = false;
    const wait = sut.settled(10_000).then(() => (over = true));
    const endSecond = work();
    endFirst();
    await turn();
    expect(over).toBe(false);
    endSecond();
    await wait;
  });

  it('gives up at the limit', async () => {
    work();
    const started = performance.now();
    await sut.settled(50);
    expect(performance.now() - started).toBeGreaterThan(45);
    expect(sut.size).toBe(1);
  });

  it('leaves no timer behind that would keep the process alive', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    await sut.settled(10_000);
    await turn();
    expect(timers()).toBe(before);
  });
});
