import { DatabaseUnavailable, Deadlocked, StatementTimedOut } from '@app/persistence';
import { InvalidRequest } from '@app/service';
import { BadRequestException, PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import type { AnsweredError } from './problems';

/** The database is away, or too busy: any call may meet that. */
export const databaseErrors = (instance: string): AnsweredError[] => [
  { when: 'The database is away.', error: new DatabaseUnavailable(), instance },
  { when: 'The database is too slow.', error: new StatementTimedOut(), instance },
  { when: 'Another call changed the same rows.', error: new Deadlocked(), instance },
];

/** A body that is read and never gets as far as its members; also one that a call does not want. */
export const bodyErrors = (instance: string): AnsweredError[] => [
  {
    when: 'The body is not JSON.',
    error: new BadRequestException("Body is not valid JSON but content-type is set to 'application/json'"),
    instance,
  },
  {
    when: 'The body is larger than 64 KiB.',
    error: new PayloadTooLargeException('Request body is too large'),
    instance,
  },
  {
    when: 'The content type is not that of JSON.',
    error: new UnsupportedMediaTypeException('Unsupported Media Type'),
    instance,
  },
];

/** A member, or a parameter, that is not valid. */
export const invalid = (when: string, path: string, message: string, instance: string): AnsweredError => ({
  when,
  error: new InvalidRequest([{ path, message }]),
  instance,
});
