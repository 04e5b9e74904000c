/** AMQP's limit for a message id, a correlation id, a type and the like, in bytes. */
const MAX_BYTES = 255;

/**
 * Whether a message may carry it as its message id, its correlation id or the like, and a database may keep it: PostgreSQL takes no text
 * with the character U+0000. One that came with a message may be too long: amqplib reads each byte that is not UTF-8 as a character of three bytes.
 */
export const isShortString = (value: unknown): value is string =>
  typeof value === 'string' && Buffer.byteLength(value) <= MAX_BYTES && !value.includes('\0');
