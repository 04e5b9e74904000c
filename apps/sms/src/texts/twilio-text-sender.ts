import { Probe } from '@app/messaging';
import { type CallSpan, inClientSpan, serverAttributes } from '@app/service';
import { Injectable } from '@nestjs/common';
import { Twilio } from 'twilio';
import { GatewayRequestClient } from './gateway-request-client';
import type { Text } from './text';
import { TextSender } from './text-sender';
import { TwilioConfig } from './twilio.config';

const TWILIO = 'https://api.twilio.com';

/** Sends texts through Twilio's Messages resource, or through a gateway that speaks like it. */
@Injectable()
export class TwilioTextSender extends TextSender {
  private readonly twilio: Twilio;
  private readonly span: CallSpan;

  constructor(private readonly config: TwilioConfig) {
    super();
    const httpClient = new GatewayRequestClient(config.smsGatewayUrl);
    this.twilio = new Twilio(config.twilioAccountSid, config.twilioAuthToken, { httpClient });
    this.span = { name: 'send text', attributes: serverAttributes(config.smsGatewayUrl ?? TWILIO) };
  }

  async send({ to, body }: Text): Promise<void> {
    const { smsFrom: from } = this.config;
    await inClientSpan(this.span, () => this.twilio.messages.create({ to, from, body }));
  }

  /** Reads the account. */
  @Probe('SMS gateway')
  async probe(): Promise<void> {
    await this.twilio.api.accounts(this.config.twilioAccountSid).fetch();
  }
}
