import { Backoff } from './backoff';

describe(Backoff.name, () => {
  const sut = () => new Backoff(1_000, 30_000);
  const next = (backoff: Backoff, times: number) => Array.from({ length: times }, () => backoff.next());

  it('doubles the wait with each failure, up to the longest', () => {
    expect(next(sut(), 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('stays at the longest wait, however often it fails', () => {
    expect(next(sut(), 5_000).at(-1)).toBe(30_000);
  });

  it('starts again from the first wait after a success', () => {
    const backoff = sut();
    next(backoff, 3);
    backoff.reset();
    expect(next(backoff, 2)).toEqual([1_000, 2_000]);
  });
});
