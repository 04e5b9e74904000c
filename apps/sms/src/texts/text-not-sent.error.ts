import { NotSent } from '@app/messaging';

interface Facts {
  /** Of the gateway's HTTP answer; absent when there was none. */
  readonly status?: number;
  /** How long the gateway wants to be left alone, where it says so. */
  readonly retryAfterSeconds?: number;
}

/** The gateway has not taken the text, and may take it later. */
export class TextNotSent extends NotSent {
  override readonly code = 'TEXT_NOT_SENT';
  readonly status?: number;
  override readonly retryAfterSeconds?: number;

  constructor(reason: string, { status, retryAfterSeconds }: Facts = {}) {
    super(`The text was not sent: ${reason}`);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
