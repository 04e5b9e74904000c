declare module 'amqplib/lib/defs' {
  export const BasicProperties: number;
  export const BasicPublish: number;
  /** Writes the frame before a message's properties. @throws as soon as a field cannot be written */
  export function encodeMethod(id: number, channel: number, fields: object): Buffer;
  /**
   * Writes the frame of a message's properties. @throws as soon as one cannot be written; headers that are too long are cut off, and
   * the frame is then no longer valid
   */
  export function encodeProperties(id: number, channel: number, bodyBytes: number, fields: object): Buffer;
}

declare module 'amqplib/lib/api_args' {
  /** What amqplib writes for a publish: the fields of the method, and those of the properties. */
  export function publish(exchange: string, routingKey: string, options: object): object;
}
