import { ORDER_EVENTS, TOPOLOGY } from '@app/contracts';
import { SentMessages, MessagingModule } from '@app/messaging';
import { PersistenceModule } from '@app/persistence';
import { ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';
import { MIGRATIONS } from './migrations';
import { SMS_CONFIG } from './sms.config';
import { TextsModule } from './texts/texts.module';

@Module({
  imports: [
    ServiceModule.forRoot({ name: 'sms', config: SMS_CONFIG }),
    PersistenceModule.forRoot(MIGRATIONS),
    MessagingModule.forRoot({ topology: TOPOLOGY }),
    MessagingModule.subscribe(ORDER_EVENTS, SentMessages),
    TextsModule,
  ],
})
export class SmsModule {}
