import MimeNode from 'nodemailer/lib/mime-node';
import type { Mail } from './mail';

/** The longest line of base64 (RFC 2045, section 6.8). */
const BASE64_LINE = /.{76}(?=.)/g;

interface Letterhead {
  /** Address of the sender. */
  readonly from: string;
  readonly messageId: string;
}

/**
 * A mail as it goes over the wire (RFC 5322, RFC 2046), in one piece. Its headers are nodemailer's, which lets no value begin another header.
 * Its parts are base64: one call of Node's, where nodemailer's streams take twice the CPU for a whole mail, and no line of them can be mistaken for a
 * boundary, a header, or the end of the mail.
 */
export function composedMail({ to, subject, text, html }: Mail, { from, messageId }: Letterhead): Buffer {
  const root = new MimeNode('multipart/alternative');
  root.setHeader({
    from,
    to: { name: to.name ?? '', address: to.address },
    subject,
    'message-id': messageId,
  });
  const head = root.buildHeaders();
  const parts = [part('text/plain', text), ...(html === undefined ? [] : [part('text/html', html)])];
  const delimited = parts.map((one) => `--${root.boundary}\r\n${one}\r\n`).join('');
  return Buffer.from(`${head}\r\n\r\n${delimited}--${root.boundary}--\r\n`);
}

function part(type: string, content: string): string {
  const canonical = content.replace(/\r?\n/g, '\r\n');
  const encoded = Buffer.from(canonical).toString('base64').replace(BASE64_LINE, '$&\r\n');
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`;
}
