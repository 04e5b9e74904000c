import { encodeTable } from 'amqplib/lib/codec';

/** amqplib has 64 KiB for all the headers of a message; some of them are for what a copy adds. */
const SPACE = Buffer.alloc(48 * 1024);

/**
 * Those of a stranger's headers that amqplib can write. It reads some that it cannot, such as the number 2^50 + 0.5, and throws only
 * once it has counted the message among those to be confirmed: from then on, every confirm of the channel would answer another message.
 */
export function writableHeaders(headers: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(headers).filter(([name, value]) => canWrite({ [name]: value }));
  const writable = Object.fromEntries(entries);
  return canWrite(writable) ? writable : {};
}

function canWrite(table: object): boolean {
  try {
    return encodeTable(SPACE, table, 0) <= SPACE.length;
  } catch {
    return false;
  }
}
