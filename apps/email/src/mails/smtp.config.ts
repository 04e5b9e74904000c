import { IsEmail, IsInt, IsUrl, Max, Min } from 'class-validator';

/** Where mails go out. */
export class SmtpConfig {
  /** With user and password where the server wants them: `smtps://user:password@smtp.example.com`. */
  @IsUrl(
    { protocols: ['smtp', 'smtps'], require_protocol: true, require_tld: false },
    { message: '$property must be a URL such as smtp://user:password@smtp.example.com' },
  )
  smtpUrl: string;

  /** The sender of every mail. */
  @IsEmail()
  mailFrom: string;

  /**
   * The most connections that one process opens to the mail server, each with one mail at a time. A server that takes 20 ms for a mail
   * takes 50 a second over each; many servers allow one client no more than 10 or 20 connections.
   */
  @IsInt()
  @Min(1)
  @Max(1_000)
  smtpPoolSize: number = 10;
}
