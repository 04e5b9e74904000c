import { PermanentError } from '../failures/permanent-error';
import { UNFINISHED_LIMIT } from './deliveries-table';

/** Every process that took the message died before it was done. */
export class KillsItsProcess extends PermanentError {
  override readonly code = 'KILLS_ITS_PROCESS';

  constructor(messageId: string) {
    super(`${UNFINISHED_LIMIT} attempts to handle message ${messageId} were begun, and never ended.`);
  }
}
