import { IsEmail, isEmail, Matches } from 'class-validator';
import { all } from './all-of';

/** No quotes around its local part, no space or line break, no control character, no half of a surrogate pair. */
const UNQUOTED = /^[^"\s\p{C}]+$/u;

/**
 * A single e-mail address: no list, no comment, no line break, so no header and no SMTP command can be injected. An address with a quoted local
 * part (RFC 5321, section 4.1.2) is refused: `IsEmail` takes one with anything between its quotes, line breaks too.
 */
export const IsMailAddress = (): PropertyDecorator =>
  all(IsEmail(), Matches(UNQUOTED, { message: '$property must be an e-mail address without quotes' }));

/** Whether `IsMailAddress` accepts it. */
export const isMailAddress = (value: unknown): value is string =>
  typeof value === 'string' && UNQUOTED.test(value) && isEmail(value);
