import type { Notices } from '../ledgers';
import { against, eventId, GOOD } from './a-good-run';
import { notices } from './notices';

const good = GOOD.ledgers.notices;

const atEmail = (change: Partial<Notices>) => ({ notices: { ...good, email: { ...good.email, ...change } } });
const withoutMail = (id: string) => good.email.sent.filter((mail) => mail.eventId !== id);
const staleAt = (id: string) => good.email.deliveries.map((one) => ({ ...one, stale: one.messageId === id }));

describe(notices.says, () => {
  it('finds a mail that was never sent', () => {
    expect(against(notices, {}, atEmail({ sent: withoutMail(eventId('A', 2)) }))).toEqual([
      'email: A 2 was never sent',
    ]);
  });

  it('allows that it was left out, once newer news was sent', () => {
    const id = eventId('C', 1);
    expect(against(notices, {}, atEmail({ sent: withoutMail(id), deliveries: staleAt(id) }))).toEqual([]);
  });

  it('finds news that was left out though nothing newer was sent', () => {
    const id = eventId('C', 3);
    expect(against(notices, {}, atEmail({ sent: withoutMail(id), deliveries: staleAt(id) }))).toEqual([
      'email: C 3 was left out, and nothing newer was sent',
    ]);
  });

  it("finds a mail to another order's customer", () => {
    const sent = good.email.sent.map((mail) =>
      mail.eventId === eventId('A', 1) ? { ...mail, to: 'B@example.com' } : mail,
    );
    expect(against(notices, {}, atEmail({ sent }))).toEqual([
      `email: ${eventId('A', 1)} was sent to B@example.com`,
    ]);
  });

  it('finds a mail that tells of no event', () => {
    const stranger = { eventId: 'stranger', to: 'A@example.com', title: '' };
    expect(against(notices, {}, atEmail({ sent: [...good.email.sent, stranger] }))).toEqual([
      'email: stranger was sent to A@example.com',
    ]);
  });
});
