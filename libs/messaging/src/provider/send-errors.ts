import { TransientError } from '../failures/transient-error';

/** A provider, such as a mail server, has not taken the message, and may take it later. Many in a row mean that it is away. */
export class NotSent extends TransientError {
  override readonly code: string = 'NOT_SENT';
}

/** The provider cannot be reached, does not greet, or refuses the login: it is away, whatever the message is. */
export class ProviderUnavailable extends NotSent {
  override readonly code = 'PROVIDER_UNAVAILABLE';
}

/** The provider answers that it takes nothing. That may be about this message alone, which a probe tells. */
export class ProviderRefuses extends NotSent {
  override readonly code = 'PROVIDER_REFUSES';
}

/** A provider was called and its answer never came: the effect may or may not have happened. It is tried again. */
export class AmbiguousSend extends Error {
  readonly code = 'AMBIGUOUS_SEND';
}
