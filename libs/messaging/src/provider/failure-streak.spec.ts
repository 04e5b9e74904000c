import { FailureStreak } from './failure-streak';

describe(FailureStreak.name, () => {
  const after = (...messageIds: string[]): FailureStreak => {
    const sut = new FailureStreak();
    messageIds.forEach((id) => sut.add(id));
    return sut;
  };
  const times = (count: number, ...messageIds: string[]): string[] =>
    Array.from({ length: count }, () => messageIds).flat();

  it('is long after ten failures of five messages', () => {
    expect(after(...times(2, 'a', 'b', 'c', 'd', 'e')).isLong).toBe(true);
    expect(after(...times(10, 'a', 'b', 'c', 'd', 'e')).isLong).toBe(true);
  });

  it('is not long after nine', () => {
    expect(after('a', ...times(2, 'b', 'c', 'd', 'e')).isLong).toBe(false);
  });

  it('is not long however often four messages fail', () => {
    expect(after(...times(100, 'a', 'b', 'c', 'd')).isLong).toBe(false);
  });

  it('begins anew once it has ended', () => {
    const sut = after(...times(2, 'a', 'b', 'c', 'd', 'e'));
    sut.end();
    expect(sut.isLong).toBe(false);
    times(2, 'a', 'b', 'c', 'd').forEach((id) => sut.add(id));
    sut.add('a');
    expect(sut.isLong).toBe(false);
    sut.add('e');
    expect(sut.isLong).toBe(true);
  });
});
