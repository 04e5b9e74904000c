import { A, against, GOOD, orderOf, second } from './a-good-run';
import { askedOnce } from './asked-once';

const { placings } = GOOD.history;
const { orders, keys } = GOOD.ledgers;
const [ofA] = placings;

/** A asks again, and is answered with this. */
const again = (change: object) => ({
  placings: [
    ...placings,
    ...[ofA].flatMap((placing) => (placing === undefined ? [] : [{ ...placing, ...change }])),
  ],
});

describe(askedOnce.says, () => {
  it('allows the same answer again, and none', () => {
    expect(against(askedOnce, again({ begunAt: second(5), endedAt: second(6) }))).toEqual([]);
    expect(against(askedOnce, again({ status: undefined, order: undefined }))).toEqual([]);
  });

  it('finds a key that was answered with another order', () => {
    const found = against(askedOnce, again({ order: { ...orderOf(A, 1), id: 'A2' } }));
    expect(found).toEqual(['key key-of-A was answered in two ways: A, A2']);
  });

  it('finds a key that was answered with the order as it is now', () => {
    expect(against(askedOnce, again({ order: orderOf(A) }))).toEqual([
      'key key-of-A was answered in two ways: A',
    ]);
  });

  it('finds a key that was never answered', () => {
    const unanswered = placings.map((placing) =>
      placing.key === A.key ? { ...placing, status: 503 } : placing,
    );
    expect(against(askedOnce, { placings: unanswered })).toEqual([
      'key key-of-A was never answered with 201',
    ]);
  });

  it('finds a key that is kept for another order', () => {
    const others = keys.map((kept) => (kept.key === A.key ? { ...kept, orderId: 'B' } : kept));
    expect(against(askedOnce, {}, { keys: others })).toEqual(['key key-of-A is kept for B, not for A']);
  });

  it('finds a customer with two orders', () => {
    const twin = { ...orderOf(A), id: 'A2', reminders: 0 };
    expect(against(askedOnce, {}, { orders: [...orders, twin] })).toEqual([
      'A@example.com has 2 orders: A, A2',
    ]);
  });
});
