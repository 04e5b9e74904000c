declare module 'amqplib/lib/codec' {
  /** Writes a table of header values. @returns its length in bytes, which may be more than the buffer has */
  export function encodeTable(buffer: Buffer, table: object, offset: number): number;
}
