import { NotSent } from '@app/messaging';

/** The mail server has not taken the mail, and may take it later. */
export class MailNotSent extends NotSent {
  override readonly code = 'MAIL_NOT_SENT';

  /** @param responseCode of the SMTP reply; absent when there was none */
  constructor(
    reason: string,
    readonly responseCode?: number,
  ) {
    super(`The mail was not sent: ${reason}`);
  }
}
