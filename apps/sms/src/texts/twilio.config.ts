import { IsNotEmpty, IsOptional, IsString, IsUrl, Matches } from 'class-validator';

/** Where texts go out, and on whose account. */
export class TwilioConfig {
  /** A gateway that speaks like Twilio; absent means Twilio itself. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  smsGatewayUrl?: string;

  /** The account that pays for the texts. */
  @Matches(/^AC[0-9a-f]{32}$/, { message: '$property must be AC and 32 hexadecimal digits' })
  twilioAccountSid: string;

  /** The password of that account. */
  @IsString()
  @IsNotEmpty()
  twilioAuthToken: string;

  /** The sender of every text. */
  @Matches(/^\+[1-9]\d{6,14}$/, { message: '$property must be an E.164 phone number such as +15557122661' })
  smsFrom: string;
}
