import { AVAILABILITY } from '@app/contracts';

/** What a transport puts around the data of a message. */
export interface Packet {
  /** @param data the schema of the data */
  schemaFor(data: object): object;
  /** The headers that come along. */
  readonly headers?: object;
  /** A message that carries the data. */
  around(data: object): object;
}

const object = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

/** A question, as Nest's RabbitMQ client sends it. */
export const ASKED: Packet = {
  headers: {
    type: 'object',
    properties: {
      traceparent: { type: 'string', description: 'W3C Trace Context of the work that asks.' },
      tracestate: { type: 'string', description: 'W3C Trace Context of the work that asks.' },
      'x-correlation-id': { type: 'string', description: 'The correlation id of the work that asks.' },
    },
  },
  schemaFor: (data) =>
    object({
      pattern: { const: AVAILABILITY },
      data,
      id: { type: 'string', description: 'Any text. Without it, the question is not answered.' },
    }),
  around: (data) => ({ pattern: AVAILABILITY, data, id: '6d2f1c0e9b7a45d8a3e1' }),
};

/** An answer, as Nest's RabbitMQ server sends it. */
export const ANSWERED: Packet = {
  schemaFor: (response) => object({ response, isDisposed: { const: true } }),
  around: (response) => ({ response, isDisposed: true }),
};
