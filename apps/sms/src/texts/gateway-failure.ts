import { AmbiguousDelivery } from '@app/messaging';
import { TextNotSent } from './text-not-sent.error';
import { TextRefused } from './text-refused.error';

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Twilio's `{ code, message, … }`, or whatever a proxy says in its place. */
  readonly body: unknown;
}

/** Client errors that are no fault of the text: our account or token (401, 403, 404), too slow, too many. */
const NOT_ABOUT_THE_TEXT = [401, 403, 404, 408, 429];

/** The request cannot have left this machine, or found nobody who listens. */
const NOT_CONNECTED = ['ECONNREFUSED', 'EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'];

/** What an answer that is no success means for the text. */
export function failureOf({ statusCode: status, headers, body }: Answer): TextNotSent | TextRefused {
  const reason = [status, messageOf(body)].join(' ').trim();
  const isRefusal = status >= 400 && status < 500 && !NOT_ABOUT_THE_TEXT.includes(status);
  if (isRefusal) return new TextRefused(reason, status);
  return new TextNotSent(reason, { status, retryAfterSeconds: secondsOf(headers['retry-after']) });
}

/**
 * What it means that there was no answer: unless nobody was reached, the text may be on its way.
 * The error itself is not passed on, since it holds the request, and that the token.
 */
export function failureWithoutAnswer({
  code = '',
  message,
}: NodeJS.ErrnoException): TextNotSent | AmbiguousDelivery {
  if (NOT_CONNECTED.includes(code)) return new TextNotSent(message);
  return new AmbiguousDelivery(`The SMS gateway did not answer: ${message}`);
}

const messageOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';

/** Twilio gives seconds; the date that HTTP allows as well is left to the retry ladder. */
const secondsOf = (retryAfter: unknown): number | undefined =>
  typeof retryAfter === 'string' && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
