/** This machine cannot run the PostgreSQL of `node_modules`; the message says why, and what else there is. */
export class PostgresMissing extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(
      `There is no PostgreSQL that runs here: ${why}\n` +
        'Use one that runs elsewhere: DATABASE_URL=postgres://postgres:password@host:5432 npm start',
      options,
    );
  }
}
