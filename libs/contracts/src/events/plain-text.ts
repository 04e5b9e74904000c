import { Matches } from 'class-validator';

/** Text that any database, mail header or log can take: no control characters (line breaks among them), no half of a surrogate pair. */
export const IsPlainText = (): PropertyDecorator =>
  Matches(/^[^\p{Cc}\p{Cs}]+$/u, {
    message: '$property must be text without control characters, and not empty',
  });
