import { EmailTask } from '@app/contracts';
import { OnTask } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { Mailer } from './mailer';

/** Sends the mails that anybody puts into the work queue. */
@Injectable()
export class EmailTasks {
  constructor(private readonly mailer: Mailer) {}

  @OnTask(EmailTask)
  send({ to, subject, content }: EmailTask): Promise<void> {
    return this.mailer.send({ to: { address: to }, subject, text: content });
  }
}
