import { median, percentile } from './statistics';

describe(percentile.name, () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('is the value that a share of all does not exceed', () => {
    expect([0.01, 0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 50, 99, 100]);
  });

  it('compares numbers, not texts', () => expect(percentile([9, 10, 100], 0.5)).toBe(10));

  it('is not a number where there is none', () => expect(percentile([], 0.5)).toBeNaN());
});

describe(median.name, () => {
  it('is the one in the middle', () => expect(median([3, 100, 1])).toBe(3));

  it('is between the two in the middle', () => expect(median([1, 100, 2, 4])).toBe(3));
});
