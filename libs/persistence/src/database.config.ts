import { IsInt, IsUrl, Max, Min } from 'class-validator';

/** Half of the longest time, in milliseconds, that PostgreSQL and Node's timers take: other limits are twice this one. */
const LONGEST_MS = 2 ** 30 - 1;

/** How a service reaches its own database. */
export class DatabaseConfig {
  /** `postgres://role:password@host:port/database`: every service has a database and a role of its own. */
  @IsUrl(
    { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true },
    { message: '$property must be a URL such as postgres://role:password@localhost:5432/database' },
  )
  databaseUrl: string;

  /** The most connections that one process opens. */
  @IsInt()
  @Min(2)
  @Max(500)
  databasePoolSize: number = 20;

  /** Milliseconds after which the server ends a statement, so that a locked table cannot hold the pool for ever. */
  @IsInt()
  @Min(100)
  @Max(LONGEST_MS)
  statementTimeoutMs: number = 5_000;
}
