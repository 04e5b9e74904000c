import { EmailTask, ORDER_EVENTS, TOPOLOGY } from '@app/contracts';
import { SentMessages, MessagingModule } from '@app/messaging';
import { PersistenceModule } from '@app/persistence';
import { ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';
import { EMAIL_CONFIG } from './email.config';
import { MailsModule } from './mails/mails.module';
import { MIGRATIONS } from './migrations';

@Module({
  imports: [
    ServiceModule.forRoot({ name: 'email', config: EMAIL_CONFIG }),
    PersistenceModule.forRoot(MIGRATIONS),
    MessagingModule.forRoot({ topology: TOPOLOGY }),
    MessagingModule.subscribe(ORDER_EVENTS, SentMessages),
    MessagingModule.work(EmailTask, SentMessages),
    MailsModule,
  ],
})
export class EmailModule {}
