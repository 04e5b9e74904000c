import { Module } from '@nestjs/common';
import { FaultsModule } from '../faults/faults.module';
import { AccountsController } from './accounts.controller';
import { MessageStore } from './message-store';
import { MessagesController } from './messages.controller';

@Module({
  imports: [FaultsModule],
  controllers: [AccountsController, MessagesController],
  providers: [MessageStore],
})
export class MessagesModule {}
