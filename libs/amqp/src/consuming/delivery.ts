import { ConsumeMessage, MessageProperties } from 'amqplib';
import { ConsumerChannel } from './consumer-channel';

/**
 * A message that this process has and has not settled. When its channel has closed, the broker delivers it again by itself,
 * so settling it does nothing then.
 */
export class Delivery {
  constructor(
    /** The queue that it came from, as its source is called. */
    readonly queue: string,
    readonly message: ConsumeMessage,
    private readonly channel: Pick<ConsumerChannel, 'isOpen' | 'acknowledge' | 'giveBack'>,
  ) {}

  get content(): Buffer {
    return this.message.content;
  }

  get properties(): MessageProperties {
    return this.message.properties;
  }

  /**
   * How often the broker took it back before, as far as it says so: quorum queues do.
   * @see https://www.rabbitmq.com/docs/quorum-queues#poison-message-handling
   */
  get timesReturned(): number {
    const count: unknown = this.properties.headers?.['x-delivery-count'];
    return typeof count === 'number' ? count : 0;
  }

  /** The same message as those that handle it are to see it; the one that the broker has stays as it is. */
  withHeader(name: string, value: string): Delivery {
    const { properties } = this.message;
    const headers = { ...properties.headers, [name]: value };
    return new Delivery(
      this.queue,
      { ...this.message, properties: { ...properties, headers } },
      this.channel,
    );
  }

  /** Whether this process can still settle it. */
  get isOurs(): boolean {
    return this.channel.isOpen;
  }

  /** Done with: the broker forgets it. Sent at the end of this turn of the event loop, together with others. */
  acknowledge(): void {
    this.channel.acknowledge(this.message);
  }

  /** Given back: the broker delivers it again, here or to another consumer. */
  giveBack(): void {
    this.channel.giveBack(this.message);
  }
}
