import { against, GOOD } from './a-good-run';
import { atRest } from './at-rest';

const { orders, notices } = GOOD.ledgers;

describe(atRest.says, () => {
  it('finds a pending order', () => {
    const pending = orders.map((order) =>
      order.id === 'A' ? { ...order, status: 'pending' as const } : order,
    );
    expect(against(atRest, {}, { orders: pending })).toEqual(['A is pending']);
  });

  it.each(['sending', 'unknown'])('finds a delivery that is %s', (state) => {
    const deliveries = notices.sms.deliveries.map((one, index) => (index === 0 ? { ...one, state } : one));
    const leased = { notices: { ...notices, sms: { ...notices.sms, deliveries } } };
    expect(against(atRest, {}, leased)).toEqual([`sms: A 1 is ${state}`]);
  });

  it('finds what waits in an outbox and in a queue', () => {
    const waiting = { outboxes: { inventory: 2 }, queues: { 'email.order_events.dead': 1 } };
    expect(against(atRest, {}, waiting)).toEqual([
      '2 wait in inventory',
      '1 wait in email.order_events.dead',
    ]);
  });
});
