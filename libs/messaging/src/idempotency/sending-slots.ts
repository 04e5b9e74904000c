import { Semaphore } from '@app/amqp';
import { Injectable } from '@nestjs/common';
import { SendingConfig } from '../config/sending.config';

/** As many as there may be calls of a provider under way at once. A message waits for one before its lease begins. */
@Injectable()
export class SendingSlots extends Semaphore {
  constructor({ sendsAtOnce }: SendingConfig) {
    super(sendsAtOnce);
  }
}
