import { A, against, C, GOOD, orderOf, second } from './a-good-run';
import { versions } from './versions';

const { steps, orders } = GOOD.ledgers;

const sight = (atSecond: number, order = orderOf(A)) => ({
  kind: 'read' as const,
  orderId: order.id,
  begunAt: second(atSecond),
  endedAt: second(atSecond + 1),
  status: 200,
  order,
});

describe(versions.says, () => {
  it('finds a version that is left out', () => {
    const gap = steps.filter(({ orderId, version }) => orderId !== 'C' || version !== 2);
    expect(against(versions, {}, { steps: gap })).toEqual(['C has the versions 1 pending, 3 cancelled']);
  });

  it('finds a version that is there twice', () => {
    const twice = steps.flatMap((step) =>
      step.orderId === 'C' && step.version === 2 ? [step, step] : [step],
    );
    const story = '1 pending, 2 confirmed, 2 confirmed, 3 cancelled';
    expect(against(versions, {}, { steps: twice })).toEqual([`C has the versions ${story}`]);
  });

  it('finds a state that cannot follow', () => {
    const wrong = steps.map((step) =>
      step.orderId === 'C' && step.version === 2 ? { ...step, status: 'rejected' as const } : step,
    );
    expect(against(versions, {}, { steps: wrong })).toEqual(['C went 1 pending, 2 rejected, 3 cancelled']);
  });

  it('finds an order that is not what its last step says', () => {
    const behind = orders.map((order) => (order.id === 'C' ? { ...order, ...orderOf(C, 2) } : order));
    expect(against(versions, {}, { orders: behind })).toEqual([
      'C is 2 confirmed after 1 pending, 2 confirmed, 3 cancelled',
    ]);
  });

  it('finds that somebody was shown a version that never was', () => {
    const visits = [sight(2, { ...orderOf(A), version: 3 })];
    expect(against(versions, { visits })).toEqual(['somebody was shown A 3 confirmed, which never was']);
  });

  it('finds that an order was shown as it had been, after newer news of it', () => {
    expect(against(versions, { visits: [sight(2), sight(9, orderOf(A, 1))] })).toEqual([
      'A was shown as 1 after it had been shown as 2',
    ]);
  });

  it('allows both for questions that were asked at the same time', () => {
    expect(against(versions, { visits: [sight(2), sight(2.5, orderOf(A, 1))] })).toEqual([]);
  });
});
