import { against, second } from './a-good-run';
import { deadLetters } from './dead-letters';

const letter = { queue: 'email.order_events', messageId: 'event', reason: 'MAIL_REFUSED', at: second(9) };
const refusal = { name: 'refuse', part: 'mail-server', begunAt: second(5), endedAt: second(8) };

describe(deadLetters.says, () => {
  it('allows one that the mail server has refused', () => {
    expect(against(deadLetters, { redriven: [letter], faults: [refusal] })).toEqual([]);
  });

  it.each([
    ['nothing was refused', []],
    ['it was refused only later', [{ ...refusal, begunAt: second(10) }]],
    ['another provider has refused', [{ ...refusal, part: 'sms-gateway' }]],
    ['the mail server was away', [{ ...refusal, name: 'stop' }]],
  ])('finds one where %s', (_, faults) => {
    expect(against(deadLetters, { redriven: [letter], faults })).toEqual([
      'event of email.order_events: MAIL_REFUSED at 2026-03-01T12:00:09.000Z',
    ]);
  });

  it('allows one that was tried to the end, where the mail server was away for most of the time', () => {
    const tried = [{ ...letter, reason: 'RETRIES_EXHAUSTED', at: second(100) }];
    const away = (from: number, to: number) => [
      { ...refusal, name: 'stop', begunAt: second(from), endedAt: second(to) },
    ];
    expect(against(deadLetters, { redriven: tried, faults: away(70, 90) })).toEqual([]);
    expect(against(deadLetters, { redriven: tried, faults: away(70, 85) })).toHaveLength(1);
    expect(against(deadLetters, { redriven: tried, faults: away(0, 29) })).toHaveLength(1);
  });

  it('finds one of inventory, whatever was refused', () => {
    const ofInventory = { ...letter, queue: 'inventory.order_events' };
    expect(against(deadLetters, { redriven: [ofInventory], faults: [refusal] })).toHaveLength(1);
  });
});
