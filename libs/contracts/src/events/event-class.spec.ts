import { headersOf, subjectOf } from './event-class';

describe(subjectOf.name, () => {
  it('is the order that the event is about', () => {
    expect(subjectOf({ orderId: 'order-1' })).toBe('order-1');
  });

  it('is the product where the event is about no order', () => {
    expect(subjectOf({ sku: 'ROCKET-SHIP' })).toBe('ROCKET-SHIP');
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
