/** A header of an answer. */
export interface Header {
  readonly description: string;
  readonly required?: boolean;
  readonly schema: object;
  readonly example?: unknown;
}

const CORRELATION_SCHEMA = { type: 'string', pattern: '^[\\w.:-]{1,128}$' };

/** Every call takes it, and every answer has it. */
export const CORRELATION_ID = {
  parameter: {
    name: 'X-Correlation-Id',
    in: 'header',
    required: false,
    description: 'Found again in the logs of all services, and in the messages that the call leads to.',
    schema: CORRELATION_SCHEMA,
  },
  header: {
    'X-Correlation-Id': {
      description: 'That of the request, or a new one.',
      required: true,
      schema: CORRELATION_SCHEMA,
      example: 'b3f1c9a2-6a9e-4a55-9a0e-4a2f6f3f1d10',
    },
  },
} as const;

export const LOCATION: Header = {
  description: 'The path of the order.',
  required: true,
  schema: { type: 'string', format: 'uri-reference' },
  example: '/orders/01890a5d-ac96-774b-bcce-b302099a8057',
};

export const IDEMPOTENT_REPLAYED: Header = {
  description: 'Only there when this is the answer to an earlier call with the same `Idempotency-Key`.',
  schema: { type: 'string', enum: ['true'] },
};

export const ETAG: Header = {
  description: 'The version of the order, for `If-None-Match`.',
  required: true,
  schema: { type: 'string' },
  example: '"2"',
};

export const RETRY_AFTER: Header = {
  description: 'Seconds after which the call may be made again.',
  required: true,
  schema: { type: 'integer', minimum: 1 },
  example: 5,
};
