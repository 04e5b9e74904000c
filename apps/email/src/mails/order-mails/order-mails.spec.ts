import type { OrderCancelled, OrderConfirmed, OrderCreated, OrderRejected } from '@app/contracts';
import { orderCancelled, orderConfirmed, orderReceived, orderRejected } from './order-mails';

const created: OrderCreated = {
  orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
  version: 1,
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' },
  lines: [
    {
      sku: 'RUBBER-CHICKEN',
      name: 'Rubber chicken',
      quantity: 2,
      unitPrice: { amount: 999, currency: 'EUR' },
    },
    { sku: 'WHOOPEE', name: 'Cushion <loud>', quantity: 1, unitPrice: { amount: 450, currency: 'EUR' } },
  ],
  total: { amount: 2448, currency: 'EUR' },
  createdAt: '2026-01-02T03:04:05Z',
};
const { orderId, customer, total } = created;
const changed: OrderConfirmed & OrderRejected & OrderCancelled = {
  orderId,
  customer,
  total,
  version: 2,
  at: '2026-01-02T03:05:05Z',
};

describe('order mails', () => {
  it('the first one tells everything that was ordered, in text and in HTML', () => {
    const mail = orderReceived(created);

    expect(mail.to).toEqual({ name: 'Ada Lovelace', address: 'ada@example.com' });
    expect(mail.text).toContain('Hello Ada Lovelace,');
    expect(mail.text).toContain('2 x Rubber chicken: €19.98\n1 x Cushion <loud>: €4.50\nTotal: €24.48');
    expect(mail.html).toContain('2 × Rubber chicken');
    expect(mail.html).toContain('Cushion &lt;loud&gt;');
    expect(mail.html).toContain('€24.48');
  });

  it.each([
    ['We received', orderReceived(created)],
    ['is confirmed', orderConfirmed(changed)],
    ['Sorry', orderRejected(changed)],
    ['is cancelled', orderCancelled(changed)],
  ])('%s: names the order in the subject and in both parts', (words, mail) => {
    expect(mail.subject).toContain(words);
    for (const part of [mail.subject, mail.text, mail.html]) expect(part).toContain(orderId);
  });

  it('tells the reason where there is one', () => {
    const { text, html } = orderRejected({ ...changed, reason: 'SOLD-OUT-SOCKS: 0 left & none to come' });

    expect(text).toContain('The reason: SOLD-OUT-SOCKS: 0 left & none to come');
    expect(html).toContain('The reason: SOLD-OUT-SOCKS: 0 left &amp; none to come');
  });

  it('lets no name become markup or a header', () => {
    const name = '<script>x</script>\r\nBcc: evil@example.com';

    const mail = orderReceived({ ...created, customer: { ...customer, name } });

    expect(mail.html).not.toContain('<script>');
    expect(mail.to.name).toBe('<script>x</script> Bcc: evil@example.com');
  });

  it('keeps the subject on one line whatever the order is called', () => {
    expect(orderConfirmed({ ...changed, orderId: 'x\r\nBcc: evil@example.com' }).subject).not.toMatch(
      /[\r\n]/,
    );
  });
});
