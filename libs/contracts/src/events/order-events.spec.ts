import { validated } from '../../../../test/support/validated';
import { OrderCancelled, OrderConfirmed, OrderCreated, OrderOverdue, OrderRejected } from './order-events';

const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const AT = '2026-03-01T12:00:00.000Z';

const customer = { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' };
const total = { amount: 1998, currency: 'EUR' };
const line = {
  sku: 'RUBBER-CHICKEN',
  name: 'Rubber chicken',
  quantity: 2,
  unitPrice: { amount: 999, currency: 'EUR' },
};
const other = { ...line, sku: 'PAPER-CLIP', name: 'Paper clip' };
const created = { orderId: ORDER_ID, version: 1, customer, lines: [line], total, createdAt: AT };
const changed = { orderId: ORDER_ID, version: 2, customer, total, at: AT };

describe(OrderCreated.name, () => {
  const sut = (data: object) => validated(OrderCreated, data);

  it('goes to every listener of the orders under its own type', () => {
    expect(OrderCreated.type).toBe('order.created');
    expect(OrderCreated.exchange).toEqual({ name: 'order_events', type: 'fanout' });
  });

  it('is valid with all its members, and none is lost', () => {
    const { value, invalid } = sut(created);
    expect(invalid).toEqual([]);
    expect(value).toEqual(created);
    expect(value).toBeInstanceOf(OrderCreated);
  });

  it('drops members that it does not know, at any depth: a newer publisher may send them', () => {
    const newer = {
      ...created,
      channel: 'shop',
      customer: { ...customer, title: 'Countess' },
      lines: [{ ...line, weight: 3 }],
    };
    const { value, invalid } = sut(newer);
    expect(invalid).toEqual([]);
    expect(value).toEqual(created);
  });

  it('names every missing member', () => {
    const members = ['orderId', 'version', 'customer', 'lines', 'total', 'createdAt'];
    expect(sut({}).invalid.sort()).toEqual(members.sort());
  });

  it.each<[path: string, bad: object]>([
    ['orderId', { orderId: '4711' }],
    ['version', { version: 0 }],
    ['version', { version: 1.5 }],
    ['version', { version: Number.MAX_SAFE_INTEGER + 1 }],
    ['version', { version: '1' }],
    ['customer', { customer: null }],
    ['customer', { customer: 'Ada' }],
    ['customer', { customer: [] }],
    ['customer.name', { customer: { ...customer, name: '' } }],
    ['customer.name', { customer: { ...customer, name: 'A'.repeat(201) } }],
    ['customer.email', { customer: { ...customer, email: 'ada' } }],
    ['customer.email', { customer: { ...customer, email: 'ada@example.com, eve@example.com' } }],
    ['customer.email', { customer: { ...customer, email: 'ada@example.com\r\nBcc: eve@example.com' } }],
    ['customer.email', { customer: { ...customer, email: '"ada\r\nBcc: eve@example.com"@example.com' } }],
    ['customer.email', { customer: { ...customer, email: '"ada>\u0001"@example.com' } }],
    ['customer.email', { customer: { ...customer, email: 'ada\u00a0lovelace@example.com' } }],
    ['customer.phone', { customer: { ...customer, phone: '555-867' } }],
    ['customer.phone', { customer: { ...customer, phone: '+15558675310\n' } }],
    ['total', { total: 1998 }],
    ['total', { total: [total] }],
    ['total.amount', { total: { ...total, amount: 19.98 } }],
    ['total.amount', { total: { ...total, amount: -1 } }],
    ['total.currency', { total: { ...total, currency: 'EURO' } }],
    ['lines', { lines: [] }],
    ['lines', { lines: 'two chickens' }],
    ['lines', { lines: [line, other, line] }],
    ['lines', { lines: Array.from({ length: 101 }, (_, index) => ({ ...line, sku: `SKU-${index}` })) }],
    ['lines.0.sku', { lines: [{ ...line, sku: '' }] }],
    ['lines.0.name', { lines: [{ ...line, name: 7 }] }],
    ['lines.0.quantity', { lines: [{ ...line, quantity: 0 }] }],
    ['lines.0.quantity', { lines: [{ ...line, quantity: 1_001 }] }],
    ['lines.1.unitPrice', { lines: [line, { ...other, unitPrice: undefined }] }],
    ['lines.0.unitPrice', { lines: [{ ...line, unitPrice: [] }] }],
    ['lines.0.unitPrice.amount', { lines: [{ ...line, unitPrice: { ...total, amount: '999' } }] }],
    ['createdAt', { createdAt: 'yesterday' }],
    ['createdAt', { createdAt: '2026-02-30T12:00:00Z' }],
    ['createdAt', { createdAt: 1_772_366_400_000 }],
  ])('names %s as invalid in %j', (path, bad) => {
    expect(sut({ ...created, ...bad }).invalid).toEqual([path]);
  });

  it.each([null, 'two chickens', [line]])('refuses a line that is none: %j', (none) => {
    expect(sut({ ...created, lines: [line, none] }).invalid).not.toEqual([]);
  });
});

describe.each([
  [OrderConfirmed, 'order.confirmed'],
  [OrderRejected, 'order.rejected'],
  [OrderCancelled, 'order.cancelled'],
])('%p', (eventClass, type) => {
  const sut = (data: object) => validated(eventClass, data);

  it('goes to every listener of the orders under its own type', () => {
    expect(eventClass.type).toBe(type);
    expect(eventClass.exchange.name).toBe('order_events');
  });

  it.each([{ reason: 'ROCKET-SHIP is sold out' }, {}])('is valid with %j', (reason) => {
    const { value, invalid } = sut({ ...changed, ...reason });
    expect(invalid).toEqual([]);
    expect(value).toEqual({ ...changed, ...reason });
  });

  it.each<[path: string, bad: object]>([
    ['orderId', { orderId: undefined }],
    ['version', { version: undefined }],
    ['customer', { customer: undefined }],
    ['customer.phone', { customer: { ...customer, phone: undefined } }],
    ['total', { total: undefined }],
    ['reason', { reason: 7 }],
    ['at', { at: undefined }],
    ['at', { at: 'soon' }],
  ])('names %s as invalid in %j', (path, bad) => {
    expect(sut({ ...changed, ...bad }).invalid).toEqual([path]);
  });
});

describe(OrderOverdue.name, () => {
  const overdue = { orderId: ORDER_ID, version: 1, lines: [{ sku: 'KAZOO', quantity: 2 }], at: AT };

  it('goes to every listener of the orders under its own type, and is valid without a customer', () => {
    expect([OrderOverdue.type, OrderOverdue.exchange.name]).toEqual(['order.overdue', 'order_events']);
    expect(validated(OrderOverdue, overdue)).toMatchObject({ invalid: [], value: overdue });
  });

  it.each<[path: string, bad: object]>([
    ['orderId', { orderId: undefined }],
    ['version', { version: undefined }],
    ['lines', { lines: [] }],
    ['lines.0.quantity', { lines: [{ sku: 'KAZOO', quantity: 0 }] }],
    ['at', { at: 'soon' }],
  ])('names %s as invalid in %j', (path, bad) => {
    expect(validated(OrderOverdue, { ...overdue, ...bad }).invalid).toEqual([path]);
  });
});
