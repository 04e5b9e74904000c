import { DomainError } from '@app/service';

/**
 * The database cannot be reached. Nothing of the work was done, unless the connection broke during the commit itself:
 * then nobody knows, and a repeat has to be recognised as one.
 */
export class DatabaseUnavailable extends DomainError {
  readonly code = 'DATABASE_UNAVAILABLE';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 5;

  constructor(options?: ErrorOptions) {
    super('The database is not available.', options);
  }
}

/** A statement ran into the statement timeout or the lock timeout, such as when it waits for a locked table. */
export class StatementTimedOut extends DomainError {
  readonly code = 'DATABASE_TIMEOUT';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 5;

  constructor(options?: ErrorOptions) {
    super('The database took too long to answer.', options);
  }
}

/** Whether the database may well do the same later: it is away, or somebody holds a lock. */
export const isTemporary = (error: unknown): error is DatabaseUnavailable | StatementTimedOut =>
  error instanceof DatabaseUnavailable || error instanceof StatementTimedOut;

/** A statement of the transaction failed and its error was swallowed, so the commit has rolled it back. */
export class TransactionAborted extends Error {
  readonly code = 'TRANSACTION_ABORTED';

  constructor() {
    super('The transaction was rolled back, because one of its statements failed; let its error through.');
  }
}

/**
 * SQLSTATEs and network codes of a server that is away, stops, starts or takes no more connections.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const OUTAGE_CODES =
  /^(08...|57P0[123]|53300|25006|3D000|28...|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** `pg` tells of a lost connection by text alone. */
const OUTAGE_TEXTS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered a connection error|was closed))/;

/** `query_canceled`, which is how a statement timeout ends one, and `lock_not_available`. */
const TIMEOUT_CODES = /^(57014|55P03)$/;

/** Names what happened, where it is an outage or a timeout; any other error stays as it is. */
export function named(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (TIMEOUT_CODES.test(code)) return new StatementTimedOut({ cause: error });
  if (OUTAGE_CODES.test(code) || OUTAGE_TEXTS.test(error.message))
    return new DatabaseUnavailable({ cause: error });
  return error;
}
