import { HttpException, ValidationError } from '@nestjs/common';

/** An error in Twilio's form. @see https://www.twilio.com/docs/usage/twilios-response#exceptions */
export class TwilioError extends HttpException {
  constructor(
    status: number,
    readonly code: number,
    message: string,
  ) {
    super({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status);
  }
}

/** What Twilio answers for a parameter, when it is absent and when it is invalid. */
const REFUSALS: Record<string, { absent: [number, string]; invalid: [number, string] }> = {
  To: {
    absent: [21604, "A 'To' phone number is required."],
    invalid: [21211, "Invalid 'To' Phone Number"],
  },
  From: {
    absent: [21603, "A 'From' phone number is required."],
    invalid: [21212, "Invalid 'From' Phone Number"],
  },
  Body: {
    absent: [21602, 'Message body is required.'],
    invalid: [21617, 'The concatenated message body exceeds the 1600 character limit'],
  },
};

const INVALID_PARAMETER: [number, string] = [20001, 'Invalid parameter'];

/** Twilio names the first fault only. */
export function refusalOf([error]: ValidationError[]): TwilioError {
  const refusal = REFUSALS[error?.property ?? ''];
  const [code, message] = (error?.value ? refusal?.invalid : refusal?.absent) ?? INVALID_PARAMETER;
  return new TwilioError(400, code, message);
}
