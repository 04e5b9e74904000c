import { Module } from '@nestjs/common';
import { Mailer } from './mailer';
import { OrderEmails } from './order-emails.subscriber';
import { SmtpMailer } from './smtp-mailer';

@Module({ providers: [OrderEmails, { provide: Mailer, useClass: SmtpMailer }] })
export class MailsModule {}
