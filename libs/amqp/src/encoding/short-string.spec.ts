import { isShortString } from './short-string';

describe(isShortString.name, () => {
  it.each([
    ['nothing', ''],
    ['255 characters of one byte', 'a'.repeat(255)],
    ['127 of two bytes', 'ä'.repeat(127)],
  ])('takes %s', (_, text) => {
    expect(isShortString(text)).toBe(true);
  });

  it.each([
    ['256 characters of one byte', 'a'.repeat(256)],
    ['128 of two bytes', 'ä'.repeat(128)],
    ['120 bytes that are not UTF-8, as amqplib reads them', '\ufffd'.repeat(120)],
    ['the character U+0000', 'order\0'],
    ['a number', 7],
    ['what is absent', undefined],
  ])('does not take %s', (_, value) => {
    expect(isShortString(value)).toBe(false);
  });
});
