import { ConsumeMessage } from 'amqplib';
import { OpenChannel } from '../connection/open-channel';

/**
 * A channel that settles the messages of one consumer, each once. Acknowledgements of the same turn of the event loop go out together: one frame
 * with `multiple` for all up to the first message that is not settled, and one frame for each message behind that.
 * @see https://www.rabbitmq.com/docs/confirms#consumer-acks-multiple-parameter
 */
export class ConsumerChannel extends OpenChannel {
  private readonly waiting = new Map<number, ConsumeMessage>();
  /** The tags that are settled behind one that is not. */
  private readonly settledAhead = new Set<number>();
  /** The lowest tag that is not settled; the tags of a channel count from 1. */
  private lowest = 1;
  private scheduled = false;

  acknowledge(message: ConsumeMessage): void {
    this.waiting.set(message.fields.deliveryTag, message);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  giveBack(message: ConsumeMessage): void {
    if (!this.isOpen) return;
    this.channel.nack(message, false, true);
    this.settledAhead.add(message.fields.deliveryTag);
  }

  /** Sends the acknowledgements that wait, before a channel is closed for instance. */
  flush(): void {
    this.scheduled = false;
    if (this.isOpen) {
      this.acknowledgeUpToTheFirstUnsettled();
      this.acknowledgeOneByOne();
    }
    this.waiting.clear();
  }

  /** With `multiple`, the broker wants a tag that is not settled yet, and closes the channel for any other. */
  private acknowledgeUpToTheFirstUnsettled(): void {
    let last: ConsumeMessage | undefined;
    for (; this.isSettled(this.lowest); this.lowest += 1) {
      last = this.waiting.get(this.lowest) ?? last;
      this.waiting.delete(this.lowest);
      this.settledAhead.delete(this.lowest);
    }
    if (last !== undefined) this.channel.ack(last, true);
  }

  /** Those behind a slow message do not wait for it, or they would use up the prefetch. */
  private acknowledgeOneByOne(): void {
    for (const [tag, message] of this.waiting) {
      this.channel.ack(message);
      this.settledAhead.add(tag);
    }
  }

  private isSettled(tag: number): boolean {
    return this.waiting.has(tag) || this.settledAhead.has(tag);
  }
}
