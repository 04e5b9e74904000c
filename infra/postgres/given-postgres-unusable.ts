/** The server of `DATABASE_URL` cannot be used; the message says why, and has no password. */
export class GivenPostgresUnusable extends Error {
  /** @param cause a text, or what went wrong */
  constructor(url: string, cause: unknown) {
    const { host } = new URL(url);
    super(`The database server of DATABASE_URL (${host}) cannot be used: ${reasonOf(cause)}`, { cause });
  }
}

/** A host name of several addresses fails with an error for each, and without a text of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
