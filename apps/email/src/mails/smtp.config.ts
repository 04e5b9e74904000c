import { IsEmail, IsUrl } from 'class-validator';

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
}
