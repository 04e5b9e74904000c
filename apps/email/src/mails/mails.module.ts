import { Module } from '@nestjs/common';
import { EmailTasks } from './email-tasks.worker';
import { Mailer } from './mailer';
import { OrderEmails } from './order-emails.subscriber';
import { SmtpMailer } from './smtp-mailer';

@Module({ providers: [EmailTasks, OrderEmails, { provide: Mailer, useClass: SmtpMailer }] })
export class MailsModule {}
