import { EVENT_EXAMPLES, type EventClass } from '@app/contracts';
import { eventJson, eventLine } from './event-line';

/** Without the time, which is told by the clock of the machine. */
const line = (event: unknown): string => eventLine(Buffer.from(JSON.stringify(event))).replace(/^\S+ +/, '');

const example = (type: string, changes: object = {}): object => {
  const found = EVENT_EXAMPLES.find(({ eventClass }: { eventClass: EventClass }) => eventClass.type === type);
  return { type, subject: 'ID', data: { ...found?.data, ...changes } };
};

describe(eventLine.name, () => {
  it.each([
    ['order.created', 'ID  2 × RUBBER-CHICKEN, 1 × KAZOO  23.47 EUR  Ada Lovelace'],
    ['stock.reserved', 'ID  2 × RUBBER-CHICKEN, 1 × KAZOO'],
    ['stock.rejected', 'ID  1 × KAZOO (0 available)'],
    ['order.rejected', 'ID  23.47 EUR  Ada Lovelace  Out of stock: KAZOO (1 ordered, 0 available)'],
    ['stock.low', 'ID  4 available, threshold 5'],
  ])('tells what matters of %s', (type, expected) => {
    expect(line(example(type))).toBe(`${type.padEnd(15)}  ${expected}`);
  });

  it('has the time of the event, with milliseconds', () => {
    const at = new Date(2026, 2, 1, 9, 5, 7, 42);
    const text = eventLine(Buffer.from(JSON.stringify({ type: 'order.created', time: at.toISOString() })));
    expect(text).toBe('09:05:07.042  order.created');
  });

  it.each([
    ['EUR', '19.98 EUR'],
    ['JPY', '1998 JPY'],
    ['KWD', '1.998 KWD'],
  ])('knows what is a minor unit of %s', (currency, expected) => {
    expect(line({ type: 'order.confirmed', data: { total: { amount: 1_998, currency } } })).toContain(
      expected,
    );
  });

  it('shows three lines of a long order', () => {
    const lines = Array.from({ length: 100 }, (_, index) => ({ sku: `S-${index}`, quantity: 1 }));
    expect(line(example('stock.reserved', { lines }))).toMatch(/1 × S-0, 1 × S-1, 1 × S-2 and 97 more$/);
  });

  it.each([
    ['no JSON', 'plain text\u001b[2J', '?                plain text'],
    ['no object', '[1]', '?                [1]'],
    ['no event', '{"order_id":7}', '?'],
    [
      'odd data',
      '{"type":"a.b","data":{"lines":[7],"total":{"amount":1,"currency":"?"}}}',
      'undefined × undefined',
    ],
  ])('shows of a stranger what there is: %s', (_, content, expected) => {
    const text = eventLine(Buffer.from(content));
    expect(text).toContain(expected);
    expect(text).not.toContain('\n');
    expect(text).not.toContain('\u001b');
  });

  it('has colours on a terminal alone', () => {
    const content = Buffer.from(JSON.stringify(example('order.rejected')));
    expect(eventLine(content, { isTTY: true })).toContain('\u001b[31morder.rejected');
    expect(eventLine(content)).not.toContain('\u001b');
  });
});

describe(eventJson.name, () => {
  it.each([
    ['{ "type":\n"order.created" }', '{"type":"order.created"}'],
    ['no JSON', '"no JSON"'],
  ])('makes one line of %j', (content, expected) => {
    expect(eventJson(Buffer.from(content))).toBe(expected);
  });
});
