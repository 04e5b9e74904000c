import { InvalidRequest } from '@app/service';
import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { FastifyRequest } from 'fastify';

const HEADER = 'idempotency-key';

/** Visible ASCII, as clients send UUIDs or something like them. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The request's `Idempotency-Key`, undefined where there is none.
 * @throws InvalidRequest
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined => {
    const key = context.switchToHttp().getRequest<FastifyRequest>().headers[HEADER];
    if (key === undefined || (typeof key === 'string' && KEY.test(key))) return key;
    throw new InvalidRequest([
      { path: 'Idempotency-Key', message: 'Idempotency-Key must be 1 to 255 visible ASCII characters' },
    ]);
  },
);
