import { Postponed } from './postponed';

/**
 * A message without an id was delivered before, and maybe ended the process that had it. Its copy on the retry ladder has an id, by
 * which it is recognised from then on.
 */
export class NeedsMessageId extends Postponed {
  readonly code = 'NEEDS_MESSAGE_ID';

  constructor() {
    super('The message comes again and has no id: its copy gets one.');
  }
}
