import { WakeUp } from './wake-up';

describe(WakeUp.name, () => {
  const sleeping = (sut: WakeUp) => {
    const sleep = { over: false };
    void sut.sleep(1_000).then(() => (sleep.over = true));
    return sleep;
  };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('sleeps until the limit without a call', async () => {
    const sleep = sleeping(new WakeUp());
    await jest.advanceTimersByTimeAsync(999);
    expect(sleep.over).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(sleep.over).toBe(true);
  });

  it('wakes as soon as it is called, and leaves no timer behind', async () => {
    const sut = new WakeUp();
    const sleep = sleeping(sut);
    sut.call();
    await jest.advanceTimersByTimeAsync(0);
    expect(sleep.over).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('remembers a call that came while none slept', async () => {
    const sut = new WakeUp();
    sut.call();
    const sleep = sleeping(sut);
    await jest.advanceTimersByTimeAsync(0);
    expect(sleep.over).toBe(true);
  });

  it('remembers it once, however often it was called', async () => {
    const sut = new WakeUp();
    sut.call();
    sut.call();
    await sut.sleep(1_000);
    const sleep = sleeping(sut);
    await jest.advanceTimersByTimeAsync(999);
    expect(sleep.over).toBe(false);
  });

  it('does not remember the call that woke it', async () => {
    const sut = new WakeUp();
    const first = sleeping(sut);
    sut.call();
    await jest.advanceTimersByTimeAsync(0);
    const second = sleeping(sut);
    await jest.advanceTimersByTimeAsync(0);
    expect([first.over, second.over]).toEqual([true, false]);
  });
});
