import { against, eventId, GOOD, second } from './a-good-run';
import { newsInOrder } from './news-in-order';

const { notices } = GOOD.ledgers;

/** When the three mails of order C came. */
const mailsAt = (...seconds: readonly number[]) => {
  const sent = seconds.map((at, index) => ({
    eventId: eventId('C', index + 1),
    to: 'C@example.com',
    title: '',
    at: second(at),
  }));
  return { notices: { ...notices, email: { ...notices.email, sent } } };
};

const pause = (part: string) => ({ part, name: 'pause', begunAt: second(0), endedAt: second(38) });

describe(newsInOrder.says, () => {
  it('finds older news that came long after newer news', () => {
    expect(against(newsInOrder, {}, mailsAt(40, 2, 50))).toEqual(['email: C 1 was sent 38 s after 2']);
  });

  it('allows both orders in the same instant', () => {
    expect(against(newsInOrder, {}, mailsAt(3, 2, 50))).toEqual([]);
  });

  it.each(['email', 'mail-server'])('allows it where the %s hung', (part) => {
    expect(against(newsInOrder, { faults: [pause(part)] }, mailsAt(40, 2, 50))).toEqual([]);
  });

  it('finds it where something else hung', () => {
    expect(against(newsInOrder, { faults: [pause('inventory')] }, mailsAt(40, 2, 50))).toHaveLength(1);
  });
});
