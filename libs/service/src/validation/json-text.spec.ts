import { jsonTextOf, MAX_JSON_DEPTH, UnreadableJson } from './json-text';

describe(jsonTextOf.name, () => {
  const sut = (body: string | number[]): string =>
    jsonTextOf(typeof body === 'string' ? Buffer.from(body) : Buffer.from(body));
  const lists = (depth: number, inside = ''): string => '['.repeat(depth) + inside + ']'.repeat(depth);

  it.each(['{}', '', 'not JSON', '"Zoë 🎺"', lists(MAX_JSON_DEPTH), '{"a":'.repeat(MAX_JSON_DEPTH)])(
    'leaves it to the parser: %s',
    (body) => {
      expect(sut(body)).toBe(body);
    },
  );

  it.each([
    ['in one string', lists(MAX_JSON_DEPTH, `"${'['.repeat(99)}"`)],
    ['after an escaped quote', lists(MAX_JSON_DEPTH, `"\\"${'['.repeat(99)}"`)],
    ['between strings that end in backslashes', lists(MAX_JSON_DEPTH, `"\\\\","[[\\\\\\"[[", "\\\\"`)],
    ['beside each other', `[${'[],{},'.repeat(99)}[]]`],
  ])('counts no brackets %s', (_, body) => {
    expect(JSON.parse(body)).toEqual(expect.any(Array));
    expect(sut(body)).toBe(body);
  });

  it.each([
    lists(MAX_JSON_DEPTH + 1),
    '{"a":['.repeat(MAX_JSON_DEPTH / 2) + '{',
    `["\\\\"${',['.repeat(MAX_JSON_DEPTH)}`,
    `["]]]",{"}}}":${lists(MAX_JSON_DEPTH - 1)}}]`,
  ])('refuses what is nested too deeply: %s', (body) => {
    expect(() => sut(body)).toThrow(new UnreadableJson('The body is nested deeper than 32 levels'));
  });

  it.each<[what: string, bytes: number[]]>([
    ['a byte that no character has', [0x22, 0xff, 0x22]],
    ['a character that is cut off', [0x22, 0xf0, 0x9f, 0x8e, 0x22]],
    ['half of a surrogate pair', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ])('refuses %s', (_, bytes) => {
    expect(() => sut(bytes)).toThrow(new UnreadableJson('The body is not UTF-8'));
  });
});
