import { Matches, MaxLength } from 'class-validator';
import { IsMailAddress } from './mail-address';
import { IsPlainText } from './plain-text';

/** Who ordered, with the addresses that the notifications go to. */
export class Customer {
  @IsPlainText()
  @MaxLength(200)
  name: string;

  @IsMailAddress()
  email: string;

  /** An E.164 number (ITU-T E.164): `+`, a country code, at most 15 digits. */
  @Matches(/^\+[1-9]\d{6,14}$/, { message: '$property must be an E.164 phone number such as +4915112345678' })
  phone: string;
}
