import { PermanentError } from '@app/messaging';

/** The gateway will not take this text, however often it is asked: the number is none, or wants no texts. */
export class TextRefused extends PermanentError {
  override readonly code = 'TEXT_REFUSED';

  /** @param status of the gateway's HTTP answer */
  constructor(
    reason: string,
    readonly status: number,
  ) {
    super(`The text was refused: ${reason}`);
  }
}
