import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;

/** The form that asks for a message. Twilio's optional parameters are taken and ignored. */
export class SendMessageDto {
  @Matches(PHONE_NUMBER)
  To: string;

  @Matches(PHONE_NUMBER)
  From: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(1600)
  Body: string;
}
