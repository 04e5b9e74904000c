import { Channel } from 'amqplib';

/** A channel that knows whether it is still open; to settle a message on a closed one would throw. */
export class OpenChannel {
  private open = true;

  constructor(readonly channel: Channel) {
    channel.once('close', () => (this.open = false));
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Settles nothing more on it: what is not settled goes back to the queue when the broker sees the channel close. */
  abandon(): void {
    this.open = false;
  }
}
