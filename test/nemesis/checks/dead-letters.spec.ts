import type { FaultRecord } from '../history';
import { FEW } from '../limits';
import { against, second } from './a-good-run';
import { deadLetters } from './dead-letters';

const letter = { queue: 'email.order_events', messageId: 'event', reason: 'MAIL_REFUSED', at: second(9) };
const refusal = { name: 'refuse', part: 'mail-server', begunAt: second(5), endedAt: second(8) };

const letters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...letter, messageId: String(index) }));

describe(deadLetters.says, () => {
  it('allows one that the mail server has refused, however often the operator has seen it', () => {
    expect(against(deadLetters, { redriven: Array(9).fill(letter), faults: [refusal] })).toEqual([]);
  });

  it.each<[string, FaultRecord[]]>([
    ['nothing was refused', []],
    ['it was refused only later', [{ ...refusal, begunAt: second(10) }]],
    ['another provider has refused', [{ ...refusal, part: 'sms-gateway' }]],
    ['the mail server was away', [{ ...refusal, name: 'stop' }]],
  ])('finds one where %s', (_, faults) => {
    expect(against(deadLetters, { redriven: [letter], faults })).toEqual([
      'event of email.order_events: MAIL_REFUSED at 2026-03-01T12:00:09.000Z',
    ]);
  });

  it('finds those that are more than were refused', () => {
    expect(against(deadLetters, { redriven: letters(FEW), faults: [refusal] })).toEqual([]);
    expect(against(deadLetters, { redriven: letters(FEW + 2), faults: [refusal] })).toHaveLength(2);
    const twice = [refusal, { ...refusal, begunAt: second(6) }];
    expect(against(deadLetters, { redriven: letters(FEW + 2), faults: twice })).toEqual([]);
  });

  it.each(['stop', 'hang', 'refuse', 'lose answers'])(
    'finds one that was tried to the end, though the mail server had the fault "%s" for all of the ladder',
    (name) => {
      const tried = [{ ...letter, reason: 'RETRIES_EXHAUSTED', at: second(100) }];
      const faults = [{ ...refusal, name, begunAt: second(0), endedAt: second(100) }];
      expect(against(deadLetters, { redriven: tried, faults })).toHaveLength(1);
    },
  );

  it('finds one of inventory, whatever was refused', () => {
    const ofInventory = { ...letter, queue: 'inventory.order_events' };
    expect(against(deadLetters, { redriven: [ofInventory], faults: [refusal] })).toHaveLength(1);
  });
});
