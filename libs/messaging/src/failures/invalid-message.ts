import { PermanentError } from './permanent-error';

/** Not JSON at all. */
export class UnparseableMessage extends PermanentError {
  override readonly code = 'UNPARSEABLE_MESSAGE';
}

/** JSON, but not a CloudEvents 1.0 envelope. */
export class InvalidEnvelope extends PermanentError {
  override readonly code = 'INVALID_ENVELOPE';
}

/** An event of a major version that this release does not know. */
export class UnknownVersion extends PermanentError {
  override readonly code = 'UNKNOWN_VERSION';
}

/** An event of a known type whose data is not what its contract says. */
export class InvalidData extends PermanentError {
  override readonly code = 'INVALID_DATA';
}
