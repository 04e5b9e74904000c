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

  it('finds one of inventory, whatever was refused', () => {
    const ofInventory = { ...letter, queue: 'inventory.order_events' };
    expect(against(deadLetters, { redriven: [ofInventory], faults: [refusal] })).toHaveLength(1);
  });
});
