import type { FaultRecord } from '../history';
import { FEW, SENDS_AT_ONCE } from '../limits';
import { against, eventId, GOOD, second } from './a-good-run';
import { repeatedSends } from './repeated-sends';

const { notices } = GOOD.ledgers;

/** A mail that came at 100 s, and again at 140 s. */
const repeated = (times = 1, id = eventId('A', 1)) => {
  const mails = Array.from({ length: times }, (_, index) => ({
    eventId: `${id} ${index}`,
    to: 'A@example.com',
    title: '',
  }));
  const sent = mails.flatMap((mail) => [100, 140].map((at) => ({ ...mail, at: second(at) })));
  return { notices: { ...notices, email: { ...notices.email, sent } } };
};

const fault = (part: string, name: string, from: number, to: number): FaultRecord => ({
  part,
  name,
  begunAt: second(from),
  endedAt: second(to),
});

const found = (faults: readonly FaultRecord[], times?: number) =>
  against(repeatedSends, { faults }, repeated(times)).length;

describe(repeatedSends.says, () => {
  it('finds a repeat where nothing broke', () => {
    expect(against(repeatedSends, {}, repeated())).toEqual([
      `email: ${eventId('A', 1)} 0 was sent again after 2026-03-01T12:01:40.000Z`,
    ]);
  });

  it.each([
    ['its process was killed', [fault('email', 'kill', 102, 110)]],
    ['a second process was killed', [fault('email (replica)', 'scale up, then kill', 90, 102)]],
    ['its process hung for longer than a lease', [fault('email', 'pause', 99, 135)]],
    ['its process hung until it no longer waited for the answer', [fault('email', 'pause', 99, 110)]],
    ['its process was cut off', [fault('email', 'cut from database and broker', 99, 105)]],
    ['the mail server lost its answers', [fault('mail-server', 'lose answers', 95, 105)]],
    [
      'database and broker were away together',
      [fault('database', 'kill', 98, 104), fault('broker', 'kill all nodes', 103, 110)],
    ],
    [
      'the database was away until its process was killed',
      [fault('database', 'pause', 98, 125), fault('email', 'kill', 120, 121)],
    ],
  ])('allows one where %s', (_, faults) => {
    expect(found(faults)).toBe(0);
  });

  it.each([
    ['another service was killed', [fault('sms', 'kill', 102, 110)]],
    ['its process was killed at another time', [fault('email', 'kill', 115, 120)]],
    ['its process was stopped in peace', [fault('email', 'stop', 99, 110)]],
    ['its process hung for a moment', [fault('email', 'pause', 99, 103)]],
    ['a table was locked', [fault('database', 'lock a table', 95, 135)]],
    ['the broker was killed', [fault('broker', 'kill all nodes', 95, 135)]],
    ['the mail server refused others', [fault('mail-server', 'refuse', 95, 105)]],
    ['its clock jumped', [fault('email', 'clock jumps', 95, 105)]],
  ])('finds one where %s', (_, faults) => {
    expect(found(faults)).toBe(1);
  });

  it.each([
    ['lost answers to', [fault('mail-server', 'lose answers', 95, 105)], FEW],
    ['stopped with', [fault('mail-server', 'stop', 95, 105)], 2 * SENDS_AT_ONCE],
    [
      'hung with, before the breakers opened',
      [fault('mail-server', 'pause', 95, 135)],
      2 * (9 + SENDS_AT_ONCE),
    ],
  ])('finds those that are more than the mail server %s', (_, faults, most) => {
    expect(found(faults, most)).toBe(0);
    expect(found(faults, most + 1)).toBe(1);
  });

  it('finds one that is repeated more often than it can have been under way', () => {
    const again = repeated();
    const [first] = again.notices.email.sent;
    const sent = [first, first, first, ...again.notices.email.sent].flatMap((mail) => mail ?? []);
    const thrice = { notices: { ...notices, email: { ...notices.email, sent } } };
    const of = (...faults: FaultRecord[]) => against(repeatedSends, { faults }, thrice).length;
    expect(of(fault('email', 'kill', 102, 110))).toBe(3);
    expect(of(fault('email', 'kill', 102, 110), fault('email', 'cut', 99, 105))).toBe(2);
    expect(of(fault('mail-server', 'pause', 95, 120))).toBe(0);
  });

  it('finds those that are more than a killed process had under way', () => {
    const faults = [fault('email', 'kill', 102, 110)];
    expect(found(faults, SENDS_AT_ONCE)).toBe(0);
    expect(found(faults, SENDS_AT_ONCE + 3)).toBe(3);
  });
});
