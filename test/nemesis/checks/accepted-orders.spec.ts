import { acceptedOrders } from './accepted-orders';
import { against, GOOD } from './a-good-run';

const { orders } = GOOD.ledgers;

describe(acceptedOrders.says, () => {
  it('finds one that is lost', () => {
    const without = orders.filter(({ id }) => id !== 'A');
    expect(against(acceptedOrders, {}, { orders: without })).toEqual([
      'A of A@example.com was accepted, and is lost',
    ]);
  });

  it('finds one that has another quantity', () => {
    const changed = orders.map((order) => ({
      ...order,
      lines: order.lines.map((line) => ({ ...line, quantity: order.id === 'A' ? 7 : line.quantity })),
    }));
    expect(against(acceptedOrders, {}, { orders: changed })).toEqual([
      'A of A@example.com is not what was asked for',
    ]);
  });

  it('finds one that was not asked for', () => {
    const placings = GOOD.history.placings.filter(({ customer }) => customer !== 'B@example.com');
    expect(against(acceptedOrders, { placings })).toEqual(['B was not asked for']);
  });
});
