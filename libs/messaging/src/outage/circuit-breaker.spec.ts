import { CircuitBreaker } from './circuit-breaker';

describe(CircuitBreaker.name, () => {
  let sut: CircuitBreaker;

  beforeEach(() => {
    jest.useFakeTimers();
    sut = new CircuitBreaker();
  });
  afterEach(() => jest.useRealTimers());

  const isOpenAfter = (milliseconds: number): boolean => {
    jest.advanceTimersByTime(milliseconds);
    return sut.isOpen;
  };

  it('lets calls through until it is opened', () => {
    expect(sut.isOpen).toBe(false);
  });

  it('is open for 1 to 30 s, longer each time', () => {
    for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      expect(sut.open()).toBe(pauseMs);
      expect(isOpenAfter(pauseMs - 1)).toBe(true);
      expect(isOpenAfter(1)).toBe(false);
    }
  });

  it('counts failures while it is open as one', () => {
    expect([sut.open(), sut.open(), sut.open()]).toEqual([1_000, undefined, undefined]);
    expect(isOpenAfter(1_000)).toBe(false);
  });

  it('opens for a short time again once a call succeeded', () => {
    sut.open();
    jest.advanceTimersByTime(1_000);
    sut.open();
    jest.advanceTimersByTime(2_000);
    sut.succeeded();
    expect(sut.open()).toBe(1_000);
  });

  it('stays open although a call that was under way succeeds', () => {
    sut.open();
    sut.succeeded();
    expect(isOpenAfter(999)).toBe(true);
  });
});
