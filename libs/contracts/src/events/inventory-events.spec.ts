import { validated } from '../../../../test/support/validated';
import { StockLow, StockRejected, StockReleased, StockReserved } from './inventory-events';

const at = '2026-03-01T12:00:00.000Z';
const line = { sku: 'ROCKET-SHIP', quantity: 2 };
const answer = { orderId: '01890a5d-ac96-774b-bcce-b302099a8057', lines: [line], at };
const rejected = { ...answer, shortages: [{ ...line, available: 1 }] };
const low = { sku: 'ROCKET-SHIP', available: 0, threshold: 1, at };

describe.each([
  [StockReserved, 'stock.reserved', answer],
  [StockReleased, 'stock.released', answer],
  [StockRejected, 'stock.rejected', rejected],
])('%p', (eventClass, type, example) => {
  const sut = (data: object) => validated<object>(eventClass, data);

  it('goes to the listeners of the inventory under its own type', () => {
    expect(eventClass.type).toBe(type);
    expect(eventClass.exchange).toEqual({ name: 'inventory_events', type: 'topic' });
  });

  it('is valid with all its members, and none is lost', () => {
    const { value, invalid } = sut(example);
    expect(invalid).toEqual([]);
    expect(value).toEqual(example);
  });

  it('drops members that it does not know', () => {
    expect(sut({ ...example, warehouse: 'north', lines: [{ ...line, shelf: 3 }] })).toEqual({
      value: example,
      invalid: [],
    });
  });

  it('names every missing member', () => {
    expect(sut({}).invalid.sort()).toEqual(Object.keys(example).sort());
  });

  it.each<[path: string, bad: object]>([
    ['orderId', { orderId: 'ROCKET-SHIP' }],
    ['lines', { lines: [] }],
    ['lines', { lines: 'all' }],
    ['lines.0.sku', { lines: [{ ...line, sku: '' }] }],
    ['lines.0.quantity', { lines: [{ ...line, quantity: -1 }] }],
    ['at', { at: 'now' }],
  ])('names %s as invalid in %j', (path, bad) => {
    expect(sut({ ...example, ...bad }).invalid).toEqual([path]);
  });
});

describe(StockRejected.name, () => {
  it.each<[path: string, shortages: unknown]>([
    ['shortages', []],
    ['shortages.0.available', [line]],
    ['shortages.0.available', [{ ...line, available: -1 }]],
    ['shortages.0.quantity', [{ ...line, quantity: 0, available: 1 }]],
  ])('names %s as invalid in shortages %j', (path, shortages) => {
    expect(validated(StockRejected, { ...rejected, shortages }).invalid).toEqual([path]);
  });
});

describe(StockLow.name, () => {
  const sut = (data: object) => validated(StockLow, data);

  it('goes to the listeners of the inventory under its own type', () => {
    expect(StockLow.type).toBe('stock.low');
    expect(StockLow.exchange.name).toBe('inventory_events');
  });

  it('is valid with all its members, and needs no order', () => {
    expect(sut(low)).toEqual({ value: low, invalid: [] });
  });

  it.each<[path: string, bad: object]>([
    ['sku', { sku: '' }],
    ['available', { available: -1 }],
    ['available', { available: 0.5 }],
    ['threshold', { threshold: '1' }],
    ['at', { at: undefined }],
  ])('names %s as invalid in %j', (path, bad) => {
    expect(sut({ ...low, ...bad }).invalid).toEqual([path]);
  });
});
