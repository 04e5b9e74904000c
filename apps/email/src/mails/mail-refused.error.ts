import { PermanentError } from '@app/messaging';

/** The mail server will not take this mail, or not for this recipient, however often it is asked. */
export class MailRefused extends PermanentError {
  override readonly code = 'MAIL_REFUSED';

  /** @param responseCode of the SMTP reply; absent when the address was refused before it was sent */
  constructor(
    reason: string,
    readonly responseCode?: number,
  ) {
    super(`The mail was refused: ${reason}`);
  }
}
