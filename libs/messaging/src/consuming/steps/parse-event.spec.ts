import { CloudEvent, OrderConfirmed, OrderCreated } from '@app/contracts';
import { InvalidData, InvalidEnvelope, UnparseableMessage } from '../../failures/invalid-message';
import { PermanentError } from '../../failures/permanent-error';
import { dataOf, parseEvent } from './parse-event';

const confirmed = {
  orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
  version: 2,
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' },
  total: { amount: 1998, currency: 'EUR' },
  at: '2026-03-01T12:00:00.000Z',
};

const envelope = {
  specversion: '1.0',
  id: '7f0c',
  source: '/order-api',
  type: 'order.confirmed',
  subject: confirmed.orderId,
  time: '2026-03-01T12:00:00.000Z',
  datacontenttype: 'application/json',
  dataschema: 'https://order-events.example/schemas/order.confirmed/v1',
  data: confirmed,
};

const errorOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};
const messageOf = (work: () => unknown): string => String(errorOf(work));

describe(parseEvent.name, () => {
  const sut = (body: unknown): CloudEvent =>
    parseEvent(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

  it('reads an envelope', () => {
    expect(sut(envelope)).toStrictEqual(envelope);
  });

  it('reads one that has the required members alone', () => {
    const { specversion, id, source, type, data } = envelope;
    expect(sut({ specversion, id, source, type, data })).toMatchObject({ id, type });
  });

  it.each(['', 'order 4711', '{"specversion":"1.0"', 'undefined'])(
    'refuses what is not JSON: "%s"',
    (body) => {
      expect(errorOf(() => sut(body))).toBeInstanceOf(UnparseableMessage);
    },
  );

  it.each(['[]', '[{}]', 'null', '42', '"text"'])('refuses JSON that is no object: %s', (body) => {
    expect(errorOf(() => sut(body))).toBeInstanceOf(InvalidEnvelope);
  });

  it.each<[member: string, bad: object]>([
    ['specversion', { specversion: '0.3' }],
    ['specversion', { specversion: undefined }],
    ['id', { id: '' }],
    ['id', { id: 7 }],
    ['source', { source: undefined }],
    ['type', { type: undefined }],
    ['type', { type: '' }],
    ['type', { type: { name: 'order.confirmed' } }],
    ['time', { time: 'noon' }],
    ['dataschema', { dataschema: 1 }],
    ['data', { data: undefined }],
    ['data', { data: 'text' }],
    ['data', { data: [] }],
  ])('refuses an envelope for its %s: %j', (member, bad) => {
    const error = errorOf(() => sut({ ...envelope, ...bad }));
    expect(error).toBeInstanceOf(InvalidEnvelope);
    expect(String(error)).toContain(member);
  });

  it('says of every failure that a retry is in vain', () => {
    for (const body of ['', '[]', '{}']) expect(errorOf(() => sut(body))).toBeInstanceOf(PermanentError);
  });

  it('never repeats the body in its error', () => {
    for (const body of [
      'ada@example.com',
      '"ada@example.com"',
      { ...envelope, type: '', id: ['ada@example.com'] },
    ])
      expect(messageOf(() => sut(body))).not.toContain('ada@');
  });
});

describe(dataOf.name, () => {
  const eventWith = (changes: object): CloudEvent =>
    parseEvent(Buffer.from(JSON.stringify({ ...envelope, ...changes })));
  const sut = (data: unknown): OrderConfirmed | undefined => dataOf(eventWith({ data }), OrderConfirmed);

  it('gives the data as it came, in the shape of the class', () => {
    expect(sut(confirmed)).toStrictEqual(confirmed);
  });

  it('drops members that the class does not know, at any depth', () => {
    const newer = { ...confirmed, channel: 'shop', customer: { ...confirmed.customer, title: 'Countess' } };
    expect(sut(newer)).toEqual(confirmed);
  });

  it.each([undefined, 'https://order-events.example/schemas/order.confirmed/v1', 'urn:x/order.confirmed/v1'])(
    'knows data of schema %s',
    (dataschema) => {
      expect(dataOf(eventWith({ dataschema }), OrderConfirmed)).toEqual(confirmed);
    },
  );

  it.each(['/order.confirmed/v2', '/order.confirmed/v11', '/order.created/v1', 'v1', ''])(
    'does not know data of schema "%s"',
    (dataschema) => {
      expect(dataOf(eventWith({ dataschema }), OrderConfirmed)).toBeUndefined();
    },
  );

  it.each<[path: string, bad: object]>([
    ['version', { version: 0 }],
    ['customer', { customer: null }],
    ['customer.email', { customer: { ...confirmed.customer, email: 'eve@@example.com' } }],
    ['customer.phone', { customer: { ...confirmed.customer, phone: '555-0199' } }],
    ['total.amount', { total: { amount: -4711, currency: 'EUR' } }],
  ])('names %s, and never its value, when that is not valid', (path, bad) => {
    const error = errorOf(() => sut({ ...confirmed, ...bad }));
    expect(error).toBeInstanceOf(InvalidData);
    expect(String(error)).toContain(`${path} `);
    expect(String(error)).not.toMatch(/eve@|0199|4711|Ada/);
  });

  it('names the path in an array, and never the value', () => {
    const lines = [
      { sku: 'ROCKET-SHIP', name: '', quantity: 9_876, unitPrice: { amount: 1, currency: 'EUR' } },
    ];
    const text = messageOf(() =>
      dataOf(eventWith({ dataschema: undefined, data: { ...confirmed, lines } }), OrderCreated),
    );
    expect(text).toContain('lines.0.name ');
    expect(text).toContain('lines.0.quantity ');
    expect(text).not.toMatch(/ROCKET|9876/);
  });

  it('names everything that is wrong at once', () => {
    const text = messageOf(() => sut({}));
    for (const member of ['orderId', 'version', 'customer', 'total', 'at'])
      expect(text).toContain(`${member} `);
  });
});
