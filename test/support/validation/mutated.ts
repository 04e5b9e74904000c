import * as fc from 'fast-check';

/** `JSON.parse` reads it as Infinity; `JSON.stringify` cannot write it. */
const HUGE = '@huge';

// prettier-ignore
const TEXTS = [
  '', ' ', 'x', '1', '1.0', 'true', 'null', 'ada', '\0', 'a\nb', 'a\u2028b', '\u0085', '\ud83c', 'Zoë', '🎺', 'e\u0301',
  ...[64, 65, 199, 200, 201, 998, 999].flatMap((length) => ['x', '🎺', '❤️'].map((letter) => letter.repeat(length))),
  // UUIDs, and what comes near.
  '01890a5d-ac96-774b-bcce-b302099a8057', '01890A5D-AC96-774B-BCCE-B302099A8057', '01890a5d-ac96-774b-bcce-b302099a8057\n',
  'urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057', '{01890a5d-ac96-774b-bcce-b302099a8057}', '01890a5dac96774bbcceb302099a8057',
  '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  // Times.
  '2024-02-29', '2023-02-29', '2023-02-29T12:00:00Z', '2024-02-30T00:00:00.000Z', '2026-13-01', '20260301', '2026-060', '2026',
  '2026-W09-7', '2026-W54', '2026-03-01T24:00:00Z', '2026-03-01T25:00:00Z', '2016-12-31T23:59:60Z', '2026-03-01T12:00',
  '2026-03-01 12:00:00', '2026-03-01T12:00:00+99:00', '+002026-03-01T12:00:00Z', 'noon',
  // Addresses.
  'a@b', 'ada@example.com', 'ada@example.com\n', 'Ada <ada@example.com>', 'a@example.com,b@example.com', '"a b"@example.com',
  `${'a'.repeat(65)}@example.com`, 'ädä@example.com', 'ada@[127.0.0.1]', 'ada@exa_mple.com', 'ADA@EXAMPLE.COM',
  // Currencies and phone numbers.
  'EUR', 'eur', 'EUR ', 'XXX', 'EURO', '+15558675310', '+15558675310\n', '+05558675310', '+٣٤٥٦٧٨٩', '15558675310',
];

// prettier-ignore
const NUMBERS = [0, -0, 1, 1.5, -1, 99, 100, 101, 1_000, 1_001, 2 ** 53, 1e21, 1e300, 5e-324, Number.MAX_SAFE_INTEGER];

/** Names that mean something to JavaScript, to JSON Schema or to the libraries on the way. */
// prettier-ignore
const NAMES = [
  '__proto__', 'constructor', 'toString', 'valueOf', 'then', 'length', '', '0', '$ref', 'type', 'sku', 'name',
  'id', 'data', 'lines', 'reason', 'extra', 'a.b', 'a"b', '\ud83c',
];

const values = fc.oneof(
  // prettier-ignore
  fc.constantFrom<unknown>(null, true, false, {}, [], [[]], [null], [{}], HUGE, { constructor: 1 }, { length: 1 }),
  fc.constantFrom<unknown>(...TEXTS),
  fc.constantFrom<unknown>(...NUMBERS),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 3 }),
);

const mutations = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'remove', 'add', 'repeat'),
  /** Which of all the places in the value. */
  place: fc.nat(),
  name: fc.oneof(fc.constantFrom(...NAMES), fc.string()),
  value: values,
});

type Mutation = typeof mutations extends fc.Arbitrary<infer M> ? M : never;

/** The JSON text of one of the examples after up to four changes anywhere in it: other values, more, fewer and repeated members. */
export const mutated = (examples: readonly object[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...examples), fc.array(mutations, { maxLength: 4 })).map(([example, changes]) => {
    const value = structuredClone(example);
    for (const change of changes) mutate(value, structuredClone(change));
    return JSON.stringify(value).replaceAll(`"${HUGE}"`, '1e400');
  });

function mutate(root: object, { kind, place, name, value }: Mutation): void {
  const places = placesOf(root);
  const [holder, key] = places[place % places.length] ?? [root, name];
  if (Array.isArray(holder)) holder.splice(Number(key), kind === 'replace' ? 1 : 0, value);
  else if (kind === 'remove') Reflect.deleteProperty(holder, key);
  else if (kind === 'repeat') repeatItems(Reflect.get(holder, key));
  else define(holder, kind === 'add' ? name : key, value);
}

function repeatItems(list: unknown): void {
  if (!Array.isArray(list)) return;
  const items: unknown[] = structuredClone(list);
  list.push(...items);
}

/** Every member and item, at any depth, by what holds it. */
const placesOf = (value: unknown): [holder: object, key: string][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [[value, key], ...placesOf(inner)]);

/** An own member, even where its name is `__proto__`. */
const define = (holder: object, name: string, value: unknown): unknown =>
  Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
