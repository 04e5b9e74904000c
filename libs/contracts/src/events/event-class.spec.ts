import { headersOf, orderVersionOf, subjectOf } from './event-class';

describe(subjectOf.name, () => {
  it('is the order that the event is about', () => {
    expect(subjectOf({ orderId: 'order-1' })).toBe('order-1');
  });

  it('is the product where the event is about no order', () => {
    expect(subjectOf({ sku: 'ROCKET-SHIP' })).toBe('ROCKET-SHIP');
  });
});

describe(orderVersionOf.name, () => {
  it('is the order, in lower case, and its version', () => {
    const event = { orderId: 'ORDER-1', version: 2, total: { amount: 1, currency: 'EUR' } };
    expect(orderVersionOf(event)).toEqual({ orderId: 'order-1', version: 2 });
  });

  it.each([{ orderId: 'order-1' }, { sku: 'ROCKET-SHIP' }])('is undefined for %j', (data) => {
    expect(orderVersionOf(data)).toBeUndefined();
  });
});

describe(headersOf.name, () => {
  it('repeats the currency of the total', () => {
    expect(headersOf({ orderId: 'order-1', total: { amount: 1, currency: 'EUR' } })).toEqual({
      currency: 'EUR',
    });
  });

  it('is empty where there is no total', () => {
    expect(headersOf({ sku: 'ROCKET-SHIP' })).toEqual({});
  });
});
