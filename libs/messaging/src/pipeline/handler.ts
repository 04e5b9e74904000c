import type { Received } from './received';
import { Outcome } from './step';

/** A method of the service that handles messages: one after the other (`@OnEvent`, `@OnTask`), or together (`@OnEvents`). */
export interface Handler {
  /** `OrderEmails.received`, for logs. */
  readonly name: string;
  /** Answers with one outcome for each message; rejects as soon as one fails that it does not answer for. */
  handle(messages: readonly Received[]): Promise<readonly Outcome[]>;
}
