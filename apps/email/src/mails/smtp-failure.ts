import { AmbiguousSend } from '@app/messaging';
import type { NodemailerError } from 'nodemailer';
import { MailNotSent } from './mail-not-sent.error';
import { MailRefused } from './mail-refused.error';

/** Authentication required, or failed (RFC 4954, section 6): our credentials are wrong, not the mail. */
const CREDENTIALS_REFUSED = [530, 534, 535];

/** Larger than the server allows (RFC 1870): the one answer to `MAIL FROM` that is about the mail. */
const TOO_LARGE = 552;

/**
 * What a failed attempt means for the mail.
 * @param handedOver whether the whole message had been written when it failed
 */
export function smtpFailure(error: NodemailerError, handedOver: boolean): Error {
  const { responseCode, message } = error;
  if (isAboutTheMail(error)) return new MailRefused(message, responseCode, { cause: error });
  if (handedOver && responseCode === undefined) {
    return new AmbiguousSend(`The mail server took the message and did not answer: ${message}`, {
      cause: error,
    });
  }
  return new MailNotSent(message, responseCode, { cause: error });
}

/** Only what a server says for good of the recipient or the message is final; all else may be repaired. */
function isAboutTheMail({ permanent, command, responseCode = 0 }: NodemailerError): boolean {
  if (!permanent || CREDENTIALS_REFUSED.includes(responseCode)) return false;
  return command === 'RCPT TO' || command === 'DATA' || responseCode === TOO_LARGE;
}
