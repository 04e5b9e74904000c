import { canEncode } from '../encoding/encode';

/** Bytes for a stranger's headers; the rest of amqplib's space is for what a copy adds. */
const LIMIT_BYTES = 48 * 1024;

/** Those of a stranger's headers that amqplib can write. It reads some that it cannot, such as the number 2^50 + 0.5. */
export function writableHeaders(headers: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(headers).filter(([name, value]) => canWrite({ [name]: value }));
  const writable = Object.fromEntries(entries);
  return canWrite(writable) ? writable : {};
}

const canWrite = (headers: Record<string, unknown>): boolean => canEncode({ headers }, LIMIT_BYTES);
