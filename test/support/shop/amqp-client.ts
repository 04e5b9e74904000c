import {
  type Alert,
  CLOUD_EVENT_CONTENT_TYPE,
  type CloudEvent,
  type Exchange,
  OPS_ALERTS,
  SEVERITIES,
} from '@app/contracts';
import { type ConfirmChannel, connect, type GetMessage, type Message, type Options } from 'amqplib';
import { EventWatch } from './event-watch';

/** What any program can do with the broker. */
export abstract class AmqpClient {
  abstract get url(): string;

  watch(exchange: Exchange): Promise<EventWatch> {
    return EventWatch.on(this.url, exchange);
  }

  /** Collects what operators are told, until it is closed. */
  async watchAlerts(): Promise<{ alerts(): Alert[]; close(): Promise<void> }> {
    const watch = await EventWatch.on(this.url, OPS_ALERTS, SEVERITIES);
    const alertOf = ({ content }: Message): Alert => {
      const alert: Alert = JSON.parse(content.toString());
      return alert;
    };
    return { alerts: () => watch.messages.map(alertOf), close: () => watch.close() };
  }

  /** Publishes whatever it is given. */
  async publish(exchange: Exchange, content: string, properties: Options.Publish = {}): Promise<void> {
    await this.send((channel) =>
      channel.publish(exchange.name, properties.type ?? '', Buffer.from(content), properties),
    );
  }

  async publishEvent(exchange: Exchange, event: CloudEvent): Promise<void> {
    const { id: messageId, type } = event;
    const properties = { messageId, type, contentType: CLOUD_EVENT_CONTENT_TYPE };
    await this.publish(exchange, JSON.stringify(event), properties);
  }

  /** Publishes messages again, as they are. */
  async republish(exchange: Exchange, messages: readonly Message[]): Promise<void> {
    await this.send((channel) => {
      for (const { content, properties, fields } of messages) {
        channel.publish(exchange.name, fields.routingKey, content, properties);
      }
    });
  }

  /** Puts a message into a queue, as plain JSON. */
  async enqueue(queue: string, task: object, properties: Options.Publish = {}): Promise<void> {
    await this.send(async (channel) => {
      await channel.assertQueue(queue, { durable: true });
      channel.sendToQueue(queue, Buffer.from(JSON.stringify(task)), { persistent: true, ...properties });
    });
  }

  /** Takes every message out of a queue, and puts all of them back in the opposite order. Resolves with their number. */
  async turnAround(queue: string): Promise<number> {
    const taken: GetMessage[] = [];
    await this.send(async (channel) => {
      for (;;) {
        const message = await channel.get(queue, { noAck: true });
        if (message === false) break;
        taken.unshift(message);
      }
      for (const { content, properties } of taken) channel.sendToQueue(queue, content, properties);
    });
    return taken.length;
  }

  /** Resolves when the broker has confirmed what was sent. */
  private async send(work: (channel: ConfirmChannel) => unknown): Promise<void> {
    const connection = await connect(this.url);
    const channel = await connection.createConfirmChannel();
    await work(channel);
    await channel.waitForConfirms();
    await connection.close();
  }
}
