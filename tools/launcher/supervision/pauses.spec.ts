import { Pauses } from './pauses';

describe(Pauses.name, () => {
  let sut: Pauses;

  beforeEach(() => {
    jest.useFakeTimers();
    sut = new Pauses();
    sut.started();
  });

  afterEach(() => jest.useRealTimers());

  it('are twice as long each time that it ends soon after its start, up to 30 s', () => {
    expect(Array.from({ length: 7 }, () => sut.next())).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });

  it('begin with a second again once it has run for 10 s', () => {
    sut.next();
    sut.started();
    jest.advanceTimersByTime(9_999);
    expect(sut.next()).toBe(2_000);
    sut.started();
    jest.advanceTimersByTime(10_000);
    expect(sut.next()).toBe(1_000);
  });
});
