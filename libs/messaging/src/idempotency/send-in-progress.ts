import { Postponed } from '../failures/postponed';

/**
 * Another process is sending the message, or other news of the same order, or was when it was killed. That is no failure: it is tried
 * again later, and costs no attempt.
 */
export class SendInProgress extends Postponed {
  readonly code = 'SEND_IN_PROGRESS';

  constructor(messageId: string) {
    super(
      `Message ${messageId}, or other news of its order, is being sent by another process, or was when that was killed.`,
    );
  }
}
