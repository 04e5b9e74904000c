import { isUtf8 } from 'node:buffer';

/** How deep the objects and lists of a body may be inside each other. The deepest contract has 5 levels. */
export const MAX_JSON_DEPTH = 32;

/** A body that must not be parsed; the text says why, and repeats nothing of it. */
export class UnreadableJson extends Error {
  readonly code = 'UNREADABLE_JSON';
}

/**
 * The text of a body, once it is known to be harmless: 1 MiB of brackets keeps `JSON.parse` busy for 100 ms.
 * @throws UnreadableJson
 */
export function jsonTextOf(body: Buffer): string {
  if (!isUtf8(body)) throw new UnreadableJson('The body is not UTF-8');
  if (isTooDeep(body)) throw new UnreadableJson(`The body is nested deeper than ${MAX_JSON_DEPTH} levels`);
  return body.toString('utf8');
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The bit that makes `{` of `[`, and `}` of `]`. */
const CURLY = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

function isTooDeep(json: Buffer): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) at = endOfString(json, at);
    else if ((byte | CURLY) === OPENING) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if ((byte | CURLY) === CLOSING) depth -= 1;
  }
  return false;
}

/** Where the closing quote is. An even number of backslashes before a quote escape each other. */
function endOfString(json: Buffer, start: number): number {
  let end = start;
  let escapes: number;
  do {
    end = json.indexOf(QUOTE, end + 1);
    if (end === -1) return json.length;
    escapes = 0;
    while (json[end - 1 - escapes] === BACKSLASH) escapes += 1;
  } while (escapes % 2 === 1);
  return end;
}
