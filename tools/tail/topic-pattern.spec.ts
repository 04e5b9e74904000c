import { fits } from './topic-pattern';

describe(fits.name, () => {
  it.each([
    ['#', 'order.created', true],
    ['#', 'order', true],
    ['*', 'order.created', false],
    ['*.*', 'order.created', true],
    ['order.*', 'order.created', true],
    ['order.*', 'order', false],
    ['order.#', 'order', true],
    ['order.#', 'order.created', true],
    ['#.created', 'order.created', true],
    ['#.order.#', 'order.created', true],
    ['#.created.#.late', 'order.created', false],
    ['order.created', 'order.created', true],
    ['order.created', 'order.created.late', false],
    ['stock.*', 'order.created', false],
  ])('%s and %s: %s', (pattern, key, expected) => {
    expect(fits(pattern, key)).toBe(expected);
  });
});
