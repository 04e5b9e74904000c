import {
  Body,
  Controller,
  Get,
  Headers,
  Param,
  Post,
  Query,
  UseInterceptors,
  ValidationPipe,
} from '@nestjs/common';
import { FaultsInterceptor } from '../faults/faults.interceptor';
import { ListMessagesDto } from './list-messages.dto';
import { type Message, queuedMessage } from './message';
import { MessageStore } from './message-store';
import { SendMessageDto } from './send-message.dto';
import { refusalOf } from '../errors/twilio.error';

const twilioValidation = new ValidationPipe({ transform: true, exceptionFactory: refusalOf });

/** Twilio's Messages resource. Any credentials will do, and every account exists. */
@Controller('2010-04-01/Accounts/:sid/Messages.json')
export class MessagesController {
  constructor(private readonly messages: MessageStore) {}

  /** A repeat under the same key is a message of its own: no provider promises that it honours the key. */
  @Post()
  @UseInterceptors(FaultsInterceptor)
  send(
    @Param('sid') sid: string,
    @Body(twilioValidation) sending: SendMessageDto,
    @Headers('idempotency-key') key?: string,
  ): Message {
    return this.messages.add(queuedMessage(sid, sending, key));
  }

  @Get()
  list(@Param('sid') sid: string, @Query(twilioValidation) { To, PageSize }: ListMessagesDto): object {
    return { messages: this.messages.list(sid, To).slice(0, PageSize), page: 0, page_size: PageSize };
  }
}
