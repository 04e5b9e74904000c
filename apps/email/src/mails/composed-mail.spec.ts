import fc from 'fast-check';
import { composedMail } from './composed-mail';
import type { Mail } from './mail';

const LETTERHEAD = { from: 'shop@example.com', messageId: '<event-1@order-events.example>' };
const MAIL: Mail = {
  to: { name: 'Ada Lovelace', address: 'ada@example.com' },
  subject: 'Hello',
  text: 'Hello Ada,\n€ 1',
  html: '<p>Hello Ada</p>',
};

const HEADERS = ['From', 'To', 'Subject', 'Message-ID', 'Date', 'MIME-Version', 'Content-Type'];

interface Read {
  readonly headers: readonly string[];
  readonly parts: readonly { readonly headers: string; readonly content: string }[];
}

/** The mail as a client reads it (RFC 2046, section 5.1). */
function read(mail: Buffer): Read {
  const [head = '', ...body] = mail.toString('latin1').split('\r\n\r\n');
  const boundary = /boundary="(.*)"/.exec(head)?.[1] ?? '';
  const delimited = body.join('\r\n\r\n').split(`--${boundary}`);
  expect([delimited[0], delimited.at(-1)]).toEqual(['', '--\r\n']);
  const parts = delimited.slice(1, -1).map((part) => {
    const [headers = '', content = ''] = part.trim().split('\r\n\r\n');
    return { headers, content: Buffer.from(content, 'base64').toString() };
  });
  return { headers: head.replace(/\r\n[ \t]+/g, ' ').split('\r\n'), parts };
}

const namesOf = ({ headers }: Read) => headers.map((header) => header.split(':', 1)[0]);

describe(composedMail.name, () => {
  it('holds the text and the same in HTML', () => {
    const { parts } = read(composedMail(MAIL, LETTERHEAD));
    expect(parts.map(({ headers }) => headers)).toEqual(
      ['text/plain', 'text/html'].map(
        (type) => `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64`,
      ),
    );
    expect(parts.map(({ content }) => content)).toEqual(['Hello Ada,\r\n€ 1', '<p>Hello Ada</p>']);
  });

  it('holds the text alone where there is no HTML', () => {
    const { parts } = read(composedMail({ ...MAIL, html: undefined }, LETTERHEAD));
    expect(parts).toMatchObject([{ content: 'Hello Ada,\r\n€ 1' }]);
  });

  it('has lines of 76 characters at most in its parts (RFC 2045, section 6.8)', () => {
    const source = composedMail({ ...MAIL, text: 'long '.repeat(1_000) }, LETTERHEAD).toString();
    expect(source.split('\r\n').filter((line) => line.length > 76)).toEqual([]);
  });

  it('says from whom it is, to whom, about what, when, and under which id', () => {
    const mail = read(composedMail(MAIL, LETTERHEAD));
    expect(namesOf(mail)).toEqual(HEADERS);
    expect(mail.headers.slice(0, 4)).toEqual([
      'From: shop@example.com',
      'To: Ada Lovelace <ada@example.com>',
      'Subject: Hello',
      'Message-ID: <event-1@order-events.example>',
    ]);
  });

  it('has no header more, no part more and no line too long, whatever a customer or a task says', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('\r', '\n', '.', '-', ':', 'a', ' ', '€', '"', '<', '='),
        maxLength: 300,
      }),
    );
    fc.assert(
      fc.property(anything, anything, anything, (name, title, text) => {
        const to = { ...MAIL.to, name };
        const source = composedMail({ ...MAIL, to, subject: `Re: ${title}`, text }, LETTERHEAD);
        const mail = read(source);
        expect(namesOf(mail)).toEqual(HEADERS);
        expect(mail.parts).toHaveLength(2);
        expect(mail.parts[0]?.content).toBe(Buffer.from(text.replace(/\r?\n/g, '\r\n')).toString());
        const lines = source.toString('latin1').split('\r\n');
        expect(lines.filter((line) => line.length > 998 || /[\r\n]/.test(line))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
