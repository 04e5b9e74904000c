import { against, GOOD } from './a-good-run';
import { stock } from './stock';

const YO_YO = { sku: 'YO-YO', onHand: 10, reserved: 2 };

describe(stock.says, () => {
  it.each([
    ['more is reserved than orders want', { ...YO_YO, reserved: 3 }],
    ['less is reserved than orders want', { ...YO_YO, reserved: 1 }],
    ['something has left the shelf', { ...YO_YO, onHand: 8 }],
  ])('finds that %s', (_, level) => {
    const expected = '{"onHand":10,"wanted":2,"held":2}';
    expect(against(stock, {}, { stock: [level] })).toEqual([
      `YO-YO: ${level.reserved} of ${level.onHand} reserved, ${expected}`,
    ]);
  });

  it('finds a reservation of an order that is not confirmed', () => {
    const reservations = GOOD.ledgers.reservations.map((one) => ({ ...one, status: 'reserved' }));
    expect(against(stock, {}, { reservations })).toHaveLength(2);
  });
});
