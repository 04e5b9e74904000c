import { Delivery } from '@app/amqp';
import { Next } from '../pipeline/step';
import { Entrance } from './entrance';

/**
 * Lets messages in together: a batch is what has arrived while the one before was handled. Nothing waits to fill one, so a lone
 * message is as quick as it would be without.
 */
export class Batches implements Entrance {
  private gathered: Delivery[] = [];
  private running?: Promise<void>;
  private stopped = false;

  /** @param largest the most messages of a batch */
  constructor(
    private readonly pipeline: Next<Delivery>,
    private readonly largest: number,
  ) {}

  take(delivery: Delivery): Promise<void> {
    if (this.stopped) delivery.giveBack();
    else this.gathered.push(delivery);
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  /** The batch that is running ends; what has only been gathered goes back to the broker. */
  stop(): void {
    this.stopped = true;
    for (const delivery of this.gathered.splice(0)) delivery.giveBack();
  }

  /** After this turn's I/O events: what one read of the socket has brought is one batch. */
  private async run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.gathered.length > 0) await this.pipeline(this.gathered.splice(0, this.largest));
  }
}
