import type { OrderCancelled, OrderConfirmed, OrderCreated, OrderRejected } from '@app/contracts';
import { orderCancelled, orderConfirmed, orderReceived, orderRejected } from './order-texts';

/** The letters of the GSM 7-bit alphabet (3GPP TS 23.038) that the texts make do with. */
const ONE_SMS = /^[A-Za-z0-9 .,:!'-]{1,160}$/;

const order: OrderCreated & OrderConfirmed & OrderRejected & OrderCancelled = {
  orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
  version: 1,
  customer: { name: 'Ada 💐 Lovelace', email: 'ada@example.com', phone: '+15558675310' },
  lines: [],
  total: { amount: 2448, currency: 'EUR' },
  createdAt: '2026-01-02T03:04:05Z',
  at: '2026-01-02T03:04:05Z',
  reason: 'x'.repeat(500),
};

describe('order texts', () => {
  it.each([
    ['received', orderReceived(order)],
    ['confirmed', orderConfirmed(order)],
    ['Sorry', orderRejected(order)],
    ['cancelled', orderCancelled(order)],
  ])('%s: names the order and fits into one SMS with any name and any reason', (word, { to, body }) => {
    expect(to).toBe('+15558675310');
    expect(body).toContain(word);
    expect(body).toContain(order.orderId);
    expect(body).toMatch(ONE_SMS);
  });
});
