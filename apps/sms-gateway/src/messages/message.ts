import { randomBytes } from 'node:crypto';
import { SendMessageDto } from './send-message.dto';

/**
 * A message as Twilio shows it, without the members that tell of prices, media and services.
 * @see https://www.twilio.com/docs/messaging/api/message-resource
 */
export interface Message {
  readonly sid: string;
  readonly account_sid: string;
  readonly api_version: string;
  readonly uri: string;
  readonly status: 'queued';
  readonly direction: 'outbound-api';
  readonly to: string;
  readonly from: string;
  readonly body: string;
  /** RFC 2822, in UTC. */
  readonly date_created: string;
  readonly date_updated: string;
  readonly date_sent: null;
  readonly error_code: null;
  readonly error_message: null;
  /** The request's `Idempotency-Key`. Twilio has no such member: here it lets a test count repeats. */
  readonly idempotency_key: string | null;
}

const API_VERSION = '2010-04-01';

/** A message that was just accepted and waits to be sent, for ever. */
export function queuedMessage(accountSid: string, sending: SendMessageDto, idempotencyKey?: string): Message {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const now = new Date().toUTCString().replace('GMT', '+0000');
  return {
    sid,
    account_sid: accountSid,
    api_version: API_VERSION,
    uri: `/${API_VERSION}/Accounts/${accountSid}/Messages/${sid}.json`,
    status: 'queued',
    direction: 'outbound-api',
    to: sending.To,
    from: sending.From,
    body: sending.Body,
    date_created: now,
    date_updated: now,
    date_sent: null,
    error_code: null,
    error_message: null,
    idempotency_key: idempotencyKey ?? null,
  };
}
