import { AmbiguousSend, ProviderRefuses, ProviderUnavailable } from '@app/messaging';
import type { NodemailerError } from 'nodemailer';
import { MailNotSent } from './mail-not-sent.error';
import { MailRefused } from './mail-refused.error';

/** How far a mail has come: the server has not said hello yet, it is being handed over, or all of it was written. */
export type Progress = 'connecting' | 'handing over' | 'handed over';

/** The server wants other credentials (RFC 4954, section 6), whatever the mail is. */
const ABOUT_THE_LOGIN = [530, 534, 535];

/** The server closes the connection (RFC 5321, section 3.8). Many also answer so to one mail or one recipient. */
const CLOSING = 421;

/** Larger than the server allows (RFC 1870): the one answer to `MAIL FROM` that is about the mail. */
const TOO_LARGE = 552;

/** Nodemailer's codes for a mail that cannot be written; it does not try to connect then. */
const ABOUT_THE_MESSAGE = ['EENVELOPE', 'EMESSAGE', 'ESTREAM', 'EMAXRECIPIENTS'];

/** What a failed attempt means for the mail. The error itself is not passed on, since it holds the recipient, and what is returned is logged. */
export function smtpFailure(error: NodemailerError, progress: Progress): Error {
  const { responseCode } = error;
  const reason = withoutAddresses(error.message);
  if (isAboutTheServer(error, progress)) return new ProviderUnavailable(reason);
  if (responseCode === CLOSING) return new ProviderRefuses(reason);
  if (isAboutTheMail(error)) return new MailRefused(reason, responseCode);
  if (progress === 'handed over' && responseCode === undefined)
    return new AmbiguousSend(`The mail server took the message and did not answer: ${reason}`);
  return new MailNotSent(reason, responseCode);
}

/** Most servers repeat the recipient that they refuse. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>]+@[^\s<>]+/g, '…');

/**
 * Not connected, not greeted, or not logged in. A mail whose idle connection the server had closed has come further before, and is then
 * refused a connection.
 */
function isAboutTheServer(error: NodemailerError, progress: Progress): boolean {
  const { responseCode = 0, code = '', syscall } = error;
  const isConnecting = progress === 'connecting' || syscall === 'connect';
  return ABOUT_THE_LOGIN.includes(responseCode) || (isConnecting && !ABOUT_THE_MESSAGE.includes(code));
}

/** Only what a server says for good of the recipient or the message is final; all else may be repaired. */
function isAboutTheMail({ permanent, command, responseCode = 0 }: NodemailerError): boolean {
  if (!permanent) return false;
  return command === 'RCPT TO' || command === 'DATA' || responseCode === TOO_LARGE;
}
