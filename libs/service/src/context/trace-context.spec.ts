import { traceparentFrom, tracestateFrom } from './trace-context';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const NEW = /^00-[\da-f]{32}-[\da-f]{16}-01$/;

describe(traceparentFrom.name, () => {
  it('keeps a valid one', () => {
    expect(traceparentFrom(TRACEPARENT)).toBe(TRACEPARENT);
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a list', [TRACEPARENT]],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['a parent id of zeros', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['capitals', TRACEPARENT.toUpperCase()],
    ['the invalid version', TRACEPARENT.replace(/^00/, 'ff')],
    ['more than a line', `${TRACEPARENT}\nx: y`],
  ])('starts a new trace for %s', (_, header) => {
    const traceparent = traceparentFrom(header);
    expect(traceparent).toMatch(NEW);
    expect(traceparent).not.toMatch(/0af7651916cd43dd8448eb211c80319c|0{16}/);
  });

  it('starts another trace each time', () => {
    expect(traceparentFrom(undefined)).not.toBe(traceparentFrom(undefined));
  });
});

describe(tracestateFrom.name, () => {
  it('keeps a valid one', () => {
    expect(tracestateFrom('vendor=1, other=2')).toBe('vendor=1, other=2');
  });

  it.each([undefined, '', ['vendor=1'], 'x'.repeat(513), 'vendor=\0', 'vendor=ä', 'vendor=1\nx: y'])(
    'drops %j',
    (header) => {
      expect(tracestateFrom(header)).toBeUndefined();
    },
  );
});
