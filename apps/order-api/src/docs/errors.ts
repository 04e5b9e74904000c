import { DatabaseUnavailable, Deadlocked, StatementTimedOut } from '@app/persistence';
import { InvalidRequest } from '@app/service';
import type { AnsweredError } from './problems';

/** The database is away, or too busy: any call may meet that. */
export const databaseErrors = (instance: string): AnsweredError[] => [
  { when: 'The database is away.', error: new DatabaseUnavailable(), instance },
  { when: 'The database is too slow.', error: new StatementTimedOut(), instance },
  { when: 'Another call changed the same rows.', error: new Deadlocked(), instance },
];

/** A member, or a parameter, that is not valid. */
export const invalid = (when: string, path: string, message: string, instance: string): AnsweredError => ({
  when,
  error: new InvalidRequest([{ path, message }]),
  instance,
});
