import { writableHeaders } from './writable-headers';

describe(writableHeaders.name, () => {
  it('keeps what amqplib can write, whatever it is', () => {
    const headers = { text: 'ä', whole: 2 ** 53, half: 0.5, none: null, nested: { list: [1, true, 'x'] } };
    expect(writableHeaders(headers)).toEqual(headers);
  });

  it.each([
    ['a fraction beyond 2^50', 2 ** 50 + 0.5],
    ['a number below the 64-bit integers', -(2 ** 65)],
    ['no number', NaN],
    ['a fraction in a list in a table', { list: [1, { deep: 2 ** 51 + 0.5 }] }],
    ['what is too long', 'x'.repeat(60_000)],
  ])('leaves out %s, and keeps its neighbours', (_, value) =>
    expect(writableHeaders({ before: 1, value, after: 'yes' })).toEqual({ before: 1, after: 'yes' }),
  );

  it('leaves out all where they are too long together', () => {
    const headers = { one: 'x'.repeat(30_000), other: 'x'.repeat(30_000) };
    expect(writableHeaders(headers)).toEqual({});
  });
});
