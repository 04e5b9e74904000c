import { RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';
import { Injectable, Module } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Twilio } from 'twilio';
import { broker, QUORUM } from './broker';
import { Database } from './database';
import type { Event, Order } from './events';
import { GatewayClient } from './gateway-client';

const OPEN =
  "insert into deliveries (consumer, message_id, state) values ($1, $2, 'sending') on conflict do nothing";
const CLOSE = "update deliveries set state = 'sent' where consumer = $1 and message_id = $2";

const words = ({ type, subject }: Event<Order>): string => `Your order ${subject}: ${type}.`;

@Injectable()
export class OrderEmails {
  private readonly transport = createTransport({ pool: true, url: process.env.SMTP_URL ?? '' });

  constructor(private readonly database: Database) {}

  @RabbitSubscribe({ exchange: 'order_events', routingKey: '', queue: 'email', queueOptions: QUORUM })
  async send(news: Event<Order>): Promise<void> {
    const { name, email } = news.data.customer;
    const text = words(news);
    await this.database.pool.query(OPEN, ['email', news.id]);
    await this.transport.sendMail({
      from: 'shop@example.com',
      to: { name, address: email },
      subject: 'Your order',
      text,
      html: `<p>${text}</p>`,
    });
    await this.database.pool.query(CLOSE, ['email', news.id]);
  }
}

@Injectable()
export class OrderTexts {
  private readonly twilio = new Twilio(`AC${'0'.repeat(32)}`, 'any', { httpClient: new GatewayClient() });

  constructor(private readonly database: Database) {}

  @RabbitSubscribe({ exchange: 'order_events', routingKey: '', queue: 'sms', queueOptions: QUORUM })
  async send(news: Event<Order>): Promise<void> {
    await this.database.pool.query(OPEN, ['sms', news.id]);
    const to = news.data.customer.phone;
    await this.twilio.messages.create({ to, from: '+15005550006', body: words(news) });
    await this.database.pool.query(CLOSE, ['sms', news.id]);
  }
}

@Module({ imports: [broker()], providers: [Database, OrderEmails] })
export class EmailModule {}

@Module({ imports: [broker()], providers: [Database, OrderTexts] })
export class SmsModule {}
