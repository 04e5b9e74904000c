import type { CloudEvent, Exchange } from '@app/contracts';
import { connect, type ChannelModel, type ConsumeMessage } from 'amqplib';

/** A stranger with a queue of its own: sees every message of an exchange from now on. */
export class EventWatch {
  readonly messages: ConsumeMessage[] = [];

  private constructor(private readonly connection: ChannelModel) {}

  /** @param keys what it binds its queue with; a direct exchange knows no `#` */
  static async on(url: string, exchange: Exchange, keys: readonly string[] = ['#']): Promise<EventWatch> {
    const connection = await connect(url);
    // It ends with the broker, where a test that failed did not close it.
    connection.on('error', () => undefined);
    const watch = new EventWatch(connection);
    const channel = await connection.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    for (const key of keys) await channel.bindQueue(queue, exchange.name, key);
    await channel.consume(queue, (message) => message && watch.messages.push(message), { noAck: true });
    return watch;
  }

  /** The messages about an order, in the order in which they came. */
  about(orderId: string): { readonly message: ConsumeMessage; readonly event: CloudEvent }[] {
    return this.messages
      .map((message) => ({ message, event: eventOf(message) }))
      .filter(({ event }) => event.subject === orderId);
  }

  /** The types of the events about an order. */
  typesOf(orderId: string): string[] {
    return this.about(orderId).map(({ event }) => event.type);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

/** What others throw in may be anything; it has no subject. */
function eventOf({ content }: ConsumeMessage): CloudEvent {
  const nothing = { specversion: '1.0', id: '', source: '', type: '', data: {} } as const;
  try {
    const event: CloudEvent = JSON.parse(content.toString());
    return event;
  } catch {
    return nothing;
  }
}
