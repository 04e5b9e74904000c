import { optionsFrom } from './options';
import { PARTS } from './parts';

describe(optionsFrom.name, () => {
  it('runs everything, five times', () => {
    const { parts, turns, short } = optionsFrom([]);
    expect({ turns, short, parts }).toEqual({ turns: 5, short: false, parts: PARTS });
  });

  it('runs the chosen parts in the given order, once where it is to be short', () => {
    const { parts, turns } = optionsFrom(['--short', 'latency', 'intake']);
    expect({ turns, parts: parts.map(({ name }) => name) }).toEqual({
      turns: 1,
      parts: ['latency', 'intake'],
    });
  });

  it('knows how often, and against which commit', () => {
    expect(optionsFrom(['--short', '--turns', '3', '--against', 'main'])).toMatchObject({
      turns: 3,
      against: 'main',
    });
  });

  it.each([[['nonsense']], [['--turns', 'many']], [['--turns', '0']], [['--nonsense']]])(
    'refuses %j',
    (args) => {
      expect(() => optionsFrom(args)).toThrow();
    },
  );
});
