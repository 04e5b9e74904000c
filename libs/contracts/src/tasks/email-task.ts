import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { IsMailAddress } from '../events/mail-address';
import { IsPlainText } from '../events/plain-text';

/** The work queue for mails; any program in any language may put one in. */
export const EMAIL_TASKS = 'email_tasks';

/** A mail to be sent. With a `messageId` among the message's properties, a repeat is recognised. */
export class EmailTask {
  static readonly queue = EMAIL_TASKS;

  @IsMailAddress()
  to: string;

  @IsPlainText()
  @MaxLength(998)
  subject: string;

  /** Plain text. */
  @IsString()
  @IsNotEmpty()
  content: string;
}
