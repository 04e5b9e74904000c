import { Postponed } from '../failures/postponed';

/** The message waits until the provider is back. That is no failure of its own, and costs no attempt. */
export class ProviderAway extends Postponed {
  readonly code = 'PROVIDER_AWAY';

  constructor(reason: string) {
    super(`The provider is away: ${reason}`);
  }
}
