import { Module } from '@nestjs/common';
import { FaultsModule } from '../faults/faults.module';
import { MessageStore } from './message-store';
import { MessagesController } from './messages.controller';

@Module({ imports: [FaultsModule], controllers: [MessagesController], providers: [MessageStore] })
export class MessagesModule {}
