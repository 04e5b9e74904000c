import { burstOf } from './demo-options';

describe(burstOf.name, () => {
  it.each([
    [[], undefined],
    [['--burst', '5000'], 5_000],
    [['--burst=1'], 1],
  ])('takes %j for %j orders', (args, expected) => {
    expect(burstOf(args)).toBe(expected);
  });

  it.each([[['--burst', '0']], [['--burst', '100001']], [['--burst', '1e3']], [['--burst', 'many']]])(
    'refuses %j, and says what there may be',
    (args) => {
      expect(() => burstOf(args)).toThrow(/^--burst \S+: from 1 to 100000 orders\.$/);
    },
  );

  it.each([[['--burst']], [['5000']], [['--bursts', '7']]])('refuses %j', (args) => {
    expect(() => burstOf(args)).toThrow(/argument|Unknown option/);
  });
});
