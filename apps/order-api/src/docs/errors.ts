import { DatabaseUnavailable, Deadlocked, StatementTimedOut } from '@app/persistence';
import { InvalidRequest } from '@app/service';
import { BadRequestException, PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import type { AnsweredError } from './problems';

/** Any call may be made without what HTTP 1.1 asks for. */
export const REQUEST_ERRORS: readonly AnsweredError[] = [
  { when: 'There is no `Host` header.', error: new BadRequestException('The request has no Host header') },
];

/** A path with a parameter in it may be no path at all. @param instance such a path, as it is answered */
export const badlyEncoded = (instance: string): AnsweredError => ({
  when: 'The path is not well encoded.',
  error: new BadRequestException('There is no such path.'),
  instance,
});

/** The database is away, or too busy: any call may meet that. */
export const DATABASE_ERRORS: readonly AnsweredError[] = [
  { when: 'The database is away.', error: new DatabaseUnavailable() },
  { when: 'The database is too slow.', error: new StatementTimedOut() },
  { when: 'Another call changed the same rows.', error: new Deadlocked() },
];

/** A body that is read and never gets as far as its members; also one that a call does not want. */
export const BODY_ERRORS: readonly AnsweredError[] = [
  {
    when: 'The body is not JSON.',
    error: new BadRequestException("Body is not valid JSON but content-type is set to 'application/json'"),
  },
  {
    when: 'The body is larger than 64 KiB.',
    error: new PayloadTooLargeException('Request body is too large'),
  },
  {
    when: 'The content type is not that of JSON.',
    error: new UnsupportedMediaTypeException('Unsupported Media Type'),
  },
];

/** A member, or a parameter, that is not valid. */
export const invalid = (when: string, path: string, message: string, instance?: string): AnsweredError => ({
  when,
  error: new InvalidRequest([{ path, message }]),
  ...(instance !== undefined && { instance }),
});
