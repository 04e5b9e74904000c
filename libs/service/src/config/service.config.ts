import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';

/** What every service reads from its environment. */
export class ServiceConfig {
  /** TCP port of the HTTP server. */
  @IsInt()
  @Min(1)
  @Max(65_535)
  port: number;

  /** Address that the HTTP server listens on; `0.0.0.0` for all. */
  @IsString()
  host: string = '127.0.0.1';

  /** Lines of a lower level are not logged. */
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  logLevel: string = 'info';
}
