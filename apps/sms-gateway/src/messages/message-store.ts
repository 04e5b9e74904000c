import { Injectable } from '@nestjs/common';
import { Message } from './message';

/** Every message that was accepted since the start, repeats included. */
@Injectable()
export class MessageStore {
  private readonly messages: Message[] = [];

  add(message: Message): Message {
    this.messages.push(message);
    return message;
  }

  /** The account's messages, newest first, to one number if it is given. */
  list(accountSid: string, to?: string): Message[] {
    return this.messages
      .filter((message) => message.account_sid === accountSid && (to ?? message.to) === message.to)
      .toReversed();
  }
}
