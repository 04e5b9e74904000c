/** A PostgreSQL server, of our own or a given one, which we neither start nor stop. */
export abstract class PostgresServer {
  /** What can fail is tried before anything is started. @throws Error that says why it cannot be used */
  abstract prepare(): Promise<void>;

  /** @throws Error that shows the end of its log */
  abstract start(): Promise<void>;

  /** Makes a database, and a role that owns it and alone can connect to it, where they are not there yet. */
  abstract createDatabase(name: string, role: string, password: string): Promise<void>;

  /** The address of a database, for the role that owns it, or for the administrator. */
  abstract url(database: string, role?: string): string;

  /** Stops it, where it is ours. */
  abstract stop(): Promise<void>;

  /** Kills every process of it at once, as a failing machine would. @throws NotOurs */
  abstract kill(): Promise<void>;

  /** Stops it and deletes its data, where it is ours. */
  abstract remove(): Promise<void>;
}
