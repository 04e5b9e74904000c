import { Module } from '@nestjs/common';
import { OrderTexts } from './order-texts.subscriber';
import { TextSender } from './text-sender';
import { TwilioTextSender } from './twilio-text-sender';

@Module({ providers: [OrderTexts, { provide: TextSender, useClass: TwilioTextSender }] })
export class TextsModule {}
