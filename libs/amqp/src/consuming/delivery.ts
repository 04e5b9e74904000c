import { Channel, ConsumeMessage } from 'amqplib';

/** A channel that knows whether it is still open; acknowledging on a closed one would throw. */
export class OpenChannel {
  private open = true;

  constructor(readonly channel: Channel) {
    channel.once('close', () => (this.open = false));
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Settles nothing more on it: what is in hand goes back to the queue when the broker sees it close. */
  abandon(): void {
    this.open = false;
  }
}

/**
 * A message in the hands of this process. When its channel has closed, the broker delivers it again by itself,
 * so settling it does nothing then.
 */
export class Delivery {
  constructor(
    readonly message: ConsumeMessage,
    private readonly on: OpenChannel,
  ) {}

  /** Whether it is still ours to settle. */
  get isOurs(): boolean {
    return this.on.isOpen;
  }

  /** Done with: the broker forgets it. */
  acknowledge(): void {
    if (this.isOurs) this.on.channel.ack(this.message);
  }

  /** Given back: the broker delivers it again. */
  giveBack(): void {
    if (this.isOurs) this.on.channel.nack(this.message, false, true);
  }
}
