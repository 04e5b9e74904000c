import { DomainError } from '@app/service';
import { DatabaseError } from 'pg';

/**
 * The database cannot be reached, or cannot do its work, as one whose disk is full. Nothing of the work was done, unless the
 * connection broke during the commit itself: then it is not known, and a repeat has to be recognised as one.
 */
export class DatabaseUnavailable extends DomainError {
  readonly code = 'DATABASE_UNAVAILABLE';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 5;

  constructor(options?: ErrorOptions, message = 'The database is not available.') {
    super(message, options);
  }
}

/** The pool's own connections were all in use for as long as one waits for them. Nothing of the work was begun. */
export class PoolBusy extends DatabaseUnavailable {
  constructor(options?: ErrorOptions) {
    super(options, 'All connections to the database are in use.');
  }
}

/** The server took no more connections for as long as one waits for them (`max_connections`). Nothing of the work was begun. */
export class ServerBusy extends DatabaseUnavailable {
  constructor(options?: ErrorOptions) {
    super(options, 'The database takes no more connections.');
  }
}

/** Whether the database is there, and only a connection is missing. */
export const isBusy = (error: unknown): error is PoolBusy | ServerBusy =>
  error instanceof PoolBusy || error instanceof ServerBusy;

/** A statement ran into the statement timeout or the lock timeout, such as when it waits for a locked table. */
export class StatementTimedOut extends DomainError {
  readonly code = 'DATABASE_TIMEOUT';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 5;

  constructor(options?: ErrorOptions) {
    super('The database took too long to answer.', options);
  }
}

/** Two transactions waited for each other, or changed the same rows: this one was rolled back, and may be done again at once. */
export class Deadlocked extends DomainError {
  readonly code = 'DATABASE_CONFLICT';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 1;

  constructor(options?: ErrorOptions) {
    super('Another transaction changed the same data at the same time.', options);
  }
}

export type TemporaryError = DatabaseUnavailable | StatementTimedOut | Deadlocked;

/** Whether the database may well do the same later: it is away or full, or another transaction held a lock. */
export const isTemporary = (error: unknown): error is TemporaryError =>
  error instanceof DatabaseUnavailable || error instanceof StatementTimedOut || error instanceof Deadlocked;

/** SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation), and 54000: a value too long for its index. */
const ROW_CODES = /^(2[23]...|54000)$/;

/** Whether the database refused what a statement was given: that fails again, but without the row at fault its neighbours do not. */
export const isRowError = (error: unknown): error is DatabaseError =>
  error instanceof DatabaseError && ROW_CODES.test(error.code ?? '');

/** `read_only_sql_transaction`: how a standby answers, and a server whose administrator has made it read-only. */
const READ_ONLY_CODE = '25006';

export const isReadOnly = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === READ_ONLY_CODE;

/** A statement of the transaction failed and its error was swallowed, so the commit has rolled it back. */
export class TransactionAborted extends Error {
  readonly code = 'TRANSACTION_ABORTED';

  constructor() {
    super('The transaction was rolled back, because one of its statements failed; let its error through.');
  }
}

/** `too_many_connections`: of the server, of a database or of a role. */
const TOO_MANY_CONNECTIONS_CODE = '53300';

export const isTooManyConnections = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === TOO_MANY_CONNECTIONS_CODE;

/**
 * SQLSTATEs and network codes of a server that is away, stops or starts, whose disk (53100) or memory
 * (53200) is full, which takes no writes, or which cannot read its own files (58...). 25P03 and 25P04: it has ended a transaction in which
 * nothing came for too long, as it does while this process, or its machine, is held still.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const OUTAGE_CODES =
  /^(08...|57P0[1-5]|53[12]00|58...|25006|25P0[34]|3D000|28...|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** `pg` tells of a lost connection by text alone. */
const OUTAGE_TEXTS =
  /^(Connection terminated|Query read timeout|Client (has encountered a connection error|was closed))/;

/** How `pg`'s pool tells that no connection came free; one that cannot be opened in time is a `Connection terminated`. */
const POOL_BUSY_TEXT = 'timeout exceeded when trying to connect';

/** `query_canceled`, which is how a statement timeout ends one, and `lock_not_available`. */
const TIMEOUT_CODES = /^(57014|55P03)$/;

/** `deadlock_detected` and `serialization_failure`. */
const CONFLICT_CODES = /^(40P01|40001)$/;

/** Names what happened, where it is an outage, a lack of connections, a timeout or a deadlock; any other error stays as it is. */
export function named(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (TIMEOUT_CODES.test(code)) return new StatementTimedOut({ cause: error });
  if (CONFLICT_CODES.test(code)) return new Deadlocked({ cause: error });
  if (error.message === POOL_BUSY_TEXT) return new PoolBusy({ cause: error });
  if (isTooManyConnections(error)) return new ServerBusy({ cause: error });
  if (OUTAGE_CODES.test(code) || OUTAGE_TEXTS.test(error.message))
    return new DatabaseUnavailable({ cause: error });
  return error;
}
