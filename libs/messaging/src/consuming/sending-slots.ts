import { Semaphore } from '@app/amqp';
import { Injectable } from '@nestjs/common';
import { SendingConfig } from '../config/sending.config';

/**
 * As many as there may be sends under way at once, from the lease to the note that it was sent: a process that is killed repeats no
 * more. A message waits for its slot before its lease begins.
 */
@Injectable()
export class SendingSlots extends Semaphore {
  constructor({ sendsAtOnce }: SendingConfig) {
    super(sendsAtOnce);
  }
}
