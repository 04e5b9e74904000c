import { IsInt, Max, Min } from 'class-validator';

/** How a service calls its provider, such as a mail server. */
export class SendingConfig {
  /**
   * Of email and sms: the most calls that one process has under way at once, and the most connections to a mail server. A server that
   * takes 20 ms for a mail takes 50 a second over each. Postfix allows one client 50 connections; some providers allow no more than 10.
   */
  @IsInt()
  @Min(1)
  @Max(1_000)
  sendsAtOnce: number = 50;
}
