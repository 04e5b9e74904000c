import { IsInt, Max, Min } from 'class-validator';

/** How a service calls its provider, such as a mail server. */
export class SendingConfig {
  /** The most calls that one process has under way at once; a pool of connections to the provider needs no more. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  sendsAtOnce: number = 10;
}
