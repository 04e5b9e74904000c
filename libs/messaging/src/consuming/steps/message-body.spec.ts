import { inspect } from 'node:util';
import {
  Availability,
  AvailabilityQuery,
  CloudEvent,
  EmailTask,
  OrderCancelled,
  OrderConfirmed,
  OrderCreated,
  OrderOverdue,
  OrderRejected,
  StockLow,
  StockRejected,
  StockReleased,
  StockReserved,
} from '@app/contracts';
import * as contracts from '@app/contracts';
import { expectAgreement } from '../../../../../test/support/validation/expect-agreement';
import { UnparseableMessage } from '../../failures/invalid-message';
import { check, MAX_BODY_BYTES, parseJson } from './message-body';

const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const AT = '2026-03-01T12:00:00.000Z';
const customer = { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' };
const total = { amount: 1998, currency: 'EUR' };
const stockLine = { sku: 'RUBBER-CHICKEN', quantity: 2 };
const otherLine = { sku: 'PAPER-CLIP', quantity: 1_000 };
const stock = { orderId: ORDER_ID, lines: [stockLine, otherLine], at: AT };
const priced = { name: 'Something', unitPrice: { amount: 0, currency: 'CHF' } };
const changed = { orderId: ORDER_ID, version: 2, customer, total, at: AT };
const created = {
  orderId: ORDER_ID,
  version: 1,
  customer,
  total,
  lines: [stockLine, otherLine].map((line) => ({ ...line, ...priced })),
  createdAt: AT,
};
const required = {
  specversion: '1.0',
  id: '7f0c',
  source: '/order-api',
  type: 'order.created',
  data: created,
};
const envelope = {
  ...required,
  subject: ORDER_ID,
  time: AT,
  datacontenttype: 'application/json',
  dataschema: 'v1',
};

/** Every class that a message is checked against, with valid values. */
const CLASSES = new Map<new () => object, readonly object[]>([
  [CloudEvent, [envelope, required, { ...required, subject: null, time: null }]],
  [OrderCreated, [created]],
  [OrderConfirmed, [changed]],
  [OrderRejected, [changed, { ...changed, reason: 'Sold out' }, { ...changed, reason: null }]],
  [OrderCancelled, [changed]],
  [OrderOverdue, [{ ...stock, version: 1 }]],
  [StockReserved, [stock]],
  [StockRejected, [{ ...stock, shortages: [{ ...stockLine, available: 1 }] }]],
  [StockReleased, [stock]],
  [StockLow, [{ sku: 'KAZOO', available: 0, threshold: 10, at: AT }]],
  [EmailTask, [{ to: 'ada@example.com', subject: 'Hello', content: 'Dear Ada,\nhello' }]],
  [AvailabilityQuery, [{ sku: 'KAZOO' }]],
  [Availability, [{ available: 0 }]],
]);

describe(check.name, () => {
  it('knows every event and every task of the contracts', () => {
    const types = Object.values<unknown>(contracts).filter(
      (one) => typeof one === 'function' && ('type' in one || 'queue' in one),
    );
    expect(types).toHaveLength(10);
    for (const type of types) expect([...CLASSES.keys()]).toContain(type);
  });

  describe.each([...CLASSES].map(([type, examples]) => ({ type, name: type.name, examples })))(
    '$name',
    ({ type, examples }) => {
      it.each([...examples.entries()])('passes its valid value %d on as it is', (_, example) => {
        const value: unknown = JSON.parse(JSON.stringify(example));
        const checked = check(value, type);
        if (!('instance' in checked)) throw new Error(checked.problems);
        expect(checked.instance).toBe(value);
        expect(checked.instance).toEqual(example);
      });

      it('accepts what class-validator accepts, makes the same of it, and has its texts', () => {
        expectAgreement(type, { unknownMembers: 'drop', examples });
      });
    },
  );

  it('lists no more than 20 problems, and says how many there are', () => {
    const lines = Array.from({ length: 100 }, () => ({}));
    const checked = check({ ...created, lines }, OrderCreated);
    if (!('problems' in checked)) throw new Error('It is not valid');
    expect(checked.problems.split('; ')).toHaveLength(21);
    expect(checked.problems).toMatch(/; … and \d{3} more$/);
  });

  it.each([
    ['lines', { ...stock, lines: Array.from({ length: 260_000 }, () => ({})) }],
    ['shortages', { ...stock, shortages: Array.from({ length: 260_000 }, () => [{}]) }],
  ])('does not look at the items of %s that are too many', (name, value) => {
    const started = performance.now();
    const checked = check(value, StockRejected);
    expect(performance.now() - started).toBeLessThan(500);
    expect(checked).toEqual({ problems: expect.stringContaining(`${name} must contain no more than 100`) });
  });
});

describe(parseJson.name, () => {
  const nested = (depth: number): Buffer => Buffer.from('['.repeat(depth) + ']'.repeat(depth));
  const errorOf = (body: Buffer): unknown => {
    try {
      return parseJson(body);
    } catch (error) {
      return error;
    }
  };

  it('reads what is within the limits', () => {
    expect(parseJson(Buffer.from(`"${'x'.repeat(MAX_BODY_BYTES - 2)}"`))).toHaveLength(MAX_BODY_BYTES - 2);
    expect(parseJson(nested(32))).toEqual(expect.any(Array));
    expect(parseJson(Buffer.from('"Zoë 🎺"'))).toBe('Zoë 🎺');
  });

  it.each<[what: string, body: Buffer, reason: string]>([
    ['a byte too many', Buffer.from(`"${'x'.repeat(MAX_BODY_BYTES - 1)}"`), 'more than 1048576 bytes'],
    ['a level too many', nested(33), 'nested deeper than 32 levels'],
    ['what is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not UTF-8'],
    ['half of a surrogate pair', Buffer.from([0x22, 0xed, 0xa0, 0xbc, 0x22]), 'not UTF-8'],
    ['what is not JSON', Buffer.from('{"email":"ada@example.com"'), 'not JSON'],
    ['what is no JSON at all', Buffer.from('ada@example.com'), 'not JSON'],
  ])('refuses %s for good, and repeats nothing of it', (_, body, reason) => {
    const error = errorOf(body);
    expect(error).toBeInstanceOf(UnparseableMessage);
    expect(String(error)).toContain(reason);
    expect(inspect(error)).not.toContain('ada@');
  });

  it('refuses 10 MB of brackets, and a body that is all brackets within the size, at once', () => {
    for (const body of [nested(5_000_000), nested(MAX_BODY_BYTES / 2)]) {
      const started = performance.now();
      expect(errorOf(body)).toBeInstanceOf(UnparseableMessage);
      expect(performance.now() - started).toBeLessThan(25);
    }
  });
});
