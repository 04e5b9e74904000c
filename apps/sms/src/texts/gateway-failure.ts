import { AmbiguousSend, ProviderRefuses, ProviderUnavailable } from '@app/messaging';
import { type Answer, NotConnected } from './http-exchange';
import { TextNotSent } from './text-not-sent.error';
import { TextRefused } from './text-refused.error';

/** Our token: no text gets through. */
const UNAUTHORIZED = 401;

/** Our account, or this text alone. */
const MAYBE_ABOUT_THE_ACCOUNT = [403, 404];

/** Client errors that are no fault of the text: too slow, too many. */
const NOT_ABOUT_THE_TEXT = [408, 429];

/** What an answer that is no success means for the text. */
export function failureOf({ statusCode: status, headers, body }: Answer): Error {
  const reason = [status, messageOf(body)].join(' ').trim();
  if (status === UNAUTHORIZED) return new ProviderUnavailable(reason);
  if (MAYBE_ABOUT_THE_ACCOUNT.includes(status)) return new ProviderRefuses(reason);
  const isRefusal = status >= 400 && status < 500 && !NOT_ABOUT_THE_TEXT.includes(status);
  if (isRefusal) return new TextRefused(reason, status);
  return new TextNotSent(reason, { status, retryAfterSeconds: secondsOf(headers['retry-after']) });
}

/**
 * What it means that there was no answer: unless there was no connection, the text may be on its way.
 * The error itself is not passed on, since it holds the request, and that the token.
 */
export function failureWithoutAnswer(error: Error): Error {
  if (error instanceof NotConnected) return new ProviderUnavailable(error.message);
  return new AmbiguousSend(`The SMS gateway did not answer: ${error.message}`);
}

/** Of Twilio's `{ code, message, … }`; a proxy may answer anything in its place. It is logged, and may repeat the customer's number. */
function messageOf(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    const isMessage = typeof answer === 'object' && answer !== null && 'message' in answer;
    return isMessage ? String(answer.message).replace(/\+?\d{7,}/g, '…') : '';
  } catch {
    return '';
  }
}

/** Twilio gives seconds; the date that HTTP allows as well is left to the retry ladder. */
const secondsOf = (retryAfter?: string): number | undefined =>
  /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
