import { against, GOOD, second } from './a-good-run';
import { decidedOnce } from './decided-once';

const { steps, orders, reservations } = GOOD.ledgers;

describe(decidedOnce.says, () => {
  it('finds an order that was never decided', () => {
    const undecided = {
      orders: orders.map((order) =>
        order.id === 'A' ? { ...order, status: 'pending' as const, version: 1 } : order,
      ),
      steps: steps.filter(({ orderId, version }) => orderId !== 'A' || version === 1),
    };
    expect(against(decidedOnce, {}, undecided)).toEqual(['A was decided 0 times']);
  });

  it('finds an order that was decided twice', () => {
    const twice = [...steps, { orderId: 'A', version: 3, status: 'rejected' as const }];
    expect(against(decidedOnce, {}, { steps: twice })).toEqual(['A was decided 2 times']);
  });

  it('finds two services that do not agree', () => {
    const other = reservations.map((one) => (one.orderId === 'A' ? { ...one, status: 'released' } : one));
    expect(against(decidedOnce, {}, { reservations: other })).toEqual([
      'A is confirmed, and inventory says released',
    ]);
  });

  it('finds stock that was kept for a cancelled order', () => {
    const kept = reservations.map((one) => (one.orderId === 'C' ? { ...one, status: 'reserved' } : one));
    expect(against(decidedOnce, {}, { reservations: kept })).toEqual([
      'C is cancelled, and inventory says reserved',
    ]);
  });

  it('finds two reservations of an order', () => {
    const twice = reservations.flatMap((one) => (one.orderId === 'A' ? [one, one] : [one]));
    expect(against(decidedOnce, {}, { reservations: twice })).toEqual([
      'inventory has decided about A twice',
    ]);
  });

  it('finds a cancellation that was answered with 200 and did not last', () => {
    const visits = [
      { kind: 'cancel' as const, orderId: 'A', begunAt: second(2), endedAt: second(3), status: 200 },
    ];
    expect(against(decidedOnce, { visits })).toEqual(['A was cancelled, and is confirmed']);
  });
});
