import { against, GOOD, second } from './a-good-run';
import { answers } from './answers';

const { placings } = GOOD.history;
const visit = { orderId: 'A', begunAt: second(2), endedAt: second(3) };

describe(answers.says, () => {
  it('allows 503, no answer, and 409 to a cancellation', () => {
    const refused = placings.flatMap((placing) => [
      { ...placing, status: 503 },
      { ...placing, status: undefined },
    ]);
    const visits = [{ ...visit, kind: 'cancel' as const, status: 409 }];
    expect(against(answers, { placings: refused, visits })).toEqual([]);
  });

  it.each([500, 400, 422, 409])('finds a %s to an order', (status) => {
    const [first] = placings.map((placing) => ({ ...placing, status }));
    expect(against(answers, { placings: first === undefined ? [] : [first] })).toEqual([
      `place was answered with ${status} at 2026-03-01T12:00:00.000Z`,
    ]);
  });

  it('finds an order that is not found', () => {
    const visits = [{ ...visit, kind: 'read' as const, status: 404 }];
    expect(against(answers, { visits })).toEqual(['read was answered with 404 at 2026-03-01T12:00:02.000Z']);
  });
});
