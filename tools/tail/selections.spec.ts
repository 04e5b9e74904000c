import { INVENTORY_EVENTS, ORDER_HEADERS, ORDER_TOPICS } from '@app/contracts';
import { UsageError } from '../operations/run-command';
import { selectionsOf } from './selections';

const byType = (pattern: string) =>
  [ORDER_TOPICS, INVENTORY_EVENTS].map((exchange) => ({ exchange, bindingKey: pattern }));

describe(selectionsOf.name, () => {
  it('takes everything where nothing is said', () => {
    expect(selectionsOf([])).toEqual(byType('#'));
  });

  it.each([
    [['order.*']],
    [['stock.rejected', 'stock.low']],
    [['*.created']],
    [['#.rejected']],
    [['order.#']],
  ])('takes what fits one of %j', (patterns) => {
    expect(selectionsOf(patterns)).toEqual(patterns.flatMap(byType));
  });

  it('takes what has all of the headers; a value may have a "=" in it', () => {
    expect(selectionsOf([], ['currency=EUR', 'tracestate=a=b'])).toEqual([
      { exchange: ORDER_HEADERS, headers: { currency: 'EUR', tracestate: 'a=b' } },
    ]);
  });

  it.each([
    [[''], []],
    [['order..created'], []],
    [['order.'], []],
    [['ord*'], []],
    [['order/created'], []],
    [['x'.repeat(256)], []],
    [['order.shipped'], []],
    [['order'], []],
    [['*'], []],
    [[], ['currency']],
    [[], ['=EUR']],
    [[], ['x-match=any']],
    [['order.*'], ['currency=EUR']],
  ])('refuses %j with the headers %j', (patterns, headers) => {
    expect(() => selectionsOf(patterns, headers)).toThrow(UsageError);
  });

  it('names the types that there are', () => {
    expect(() => selectionsOf(['order.create'])).toThrow(
      /^No event fits "order\.create"\. There are order\.created, /,
    );
  });
});
