/** No broker could be reached, or none let us in. The text has no password. */
export class BrokerUnreachable extends Error {
  readonly code = 'BROKER_UNREACHABLE';

  /** @param failures by URL */
  constructor(failures: ReadonlyMap<string, unknown>) {
    const reasons = [...failures].map(([url, error]) => `${addressOf(url)} (${reasonOf(error)})`);
    super(`Cannot connect to the broker at ${reasons.join(', ')}`);
  }
}

/** The connection broke in the middle of the work. */
export class BrokerConnectionLost extends Error {
  readonly code = 'BROKER_CONNECTION_LOST';

  constructor(options?: ErrorOptions) {
    super('The connection to the broker was lost', options);
  }
}

/** A queue that ought to be there is not. */
export class QueueMissing extends Error {
  readonly code = 'QUEUE_MISSING';

  constructor(readonly queue: string) {
    super(`There is no queue "${queue}" on this broker; "npm run topology" makes it`);
  }
}

/** Host, port and vhost, without the user and the password. */
export function addressOf(url: string): string {
  if (!URL.canParse(url)) return 'an address that is no URL';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** amqplib's words for a connection that was refused after the login, and they do not tell why. */
const NOT_OPENED = 'Expected ConnectionOpenOk';

/** A host name of several addresses fails with an error for each, and without a text of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  const text = error instanceof Error ? error.message : String(error);
  return text.startsWith(NOT_OPENED) ? 'no such virtual host, or none for this user' : text;
}
