import type { Notices } from '../ledgers';
import { against, eventId, GOOD } from './a-good-run';
import { effects } from './effects';

const { notices, inboxes, orders } = GOOD.ledgers;

/** What email has written down is changed. */
const atEmail = (deliveries: Notices['deliveries']) => ({
  notices: { ...notices, email: { ...notices.email, deliveries } },
});
/** What sms has written down is changed. */
const atSms = (deliveries: Notices['deliveries']) => ({
  notices: { ...notices, sms: { ...notices.sms, deliveries } },
});

const atInventory = (inventory: readonly string[]) => ({ inboxes: { ...inboxes, inventory } });
const atOrderApi = (decisions: readonly string[]) => ({ inboxes: { ...inboxes, 'order-api': decisions } });

describe(effects.says, () => {
  it('finds an event that sms has never heard of', () => {
    const without = notices.sms.deliveries.filter(({ messageId }) => messageId !== eventId('A', 2));
    expect(against(effects, {}, atSms(without))).toEqual(['sms has never heard of A 2']);
  });

  it('finds an event that came under two ids', () => {
    const [first] = notices.sms.deliveries;
    const twice = first === undefined ? [] : [...notices.sms.deliveries, { ...first, messageId: 'another' }];
    expect(against(effects, {}, atSms(twice))).toEqual(['sms has heard of A 1 as of two events']);
  });

  it('finds an event that came to sms under another id', () => {
    const other = notices.sms.deliveries.map((one) =>
      one.messageId === eventId('B', 2) ? { ...one, messageId: 'other' } : one,
    );
    expect(against(effects, {}, atSms(other))).toEqual(['B 2 has one id at email and another one at sms']);
  });

  it('finds an event of a version that never was', () => {
    const [first] = notices.email.deliveries;
    const more =
      first === undefined ? [] : [...notices.email.deliveries, { ...first, version: 9, messageId: 'A9' }];
    expect(against(effects, {}, atEmail(more))).toEqual(['email has heard of A 9, which never was']);
  });

  it('finds an event that inventory has never handled', () => {
    const without = inboxes.inventory.filter((id) => id !== eventId('C', 3));
    expect(against(effects, {}, atInventory(without))).toEqual(['inventory has never heard of C 3']);
  });

  it('finds an event that inventory has handled and that is none', () => {
    expect(against(effects, {}, atInventory([...inboxes.inventory, 'stranger']))).toEqual([
      'inventory has handled 1 events that are no steps, and there were 0 reminders',
    ]);
  });

  it('allows a reminder, and the answer to it', () => {
    const reminded = orders.map((order) => ({ ...order, reminders: order.id === 'A' ? 1 : 0 }));
    const handled = {
      inventory: [...inboxes.inventory, 'reminder'],
      'order-api': [...inboxes['order-api'], 'again'],
    };
    expect(against(effects, {}, { orders: reminded, inboxes: handled })).toEqual([]);
  });

  it('finds a decision that order-api has not handled, or has handled as of two', () => {
    expect(against(effects, {}, atOrderApi(['decision-A', 'decision-B']))).toHaveLength(1);
    expect(against(effects, {}, atOrderApi([...inboxes['order-api'], 'decision-A again']))).toHaveLength(1);
  });
});
