import { Controller, Get, Param } from '@nestjs/common';

/** Twilio's Account resource, as far as one needs it to see whether the gateway answers. */
@Controller('2010-04-01/Accounts')
export class AccountsController {
  @Get(':sid.json')
  show(@Param('sid') sid: string): object {
    return { sid, status: 'active', type: 'Trial' };
  }
}
