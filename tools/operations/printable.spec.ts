import { printable } from './printable';

describe(printable.name, () => {
  it.each([
    ['a text', 'a text'],
    ['Grüße 你好 🐔', 'Grüße 你好 🐔'],
    ['{\n  "to": "ada"\r\n}', '{ "to": "ada" }'],
    ['\u001b[2J\u001b[31mred', 'red'],
    ['bell\u0007', 'bell\ufffd'],
    ['\u202etxt.exe', '\ufffdtxt.exe'],
  ])('shows %j as %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});
