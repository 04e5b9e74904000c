import { Delivery } from '@app/amqp';
import { Next } from '../pipeline/step';
import { Entrance } from './entrance';

interface Gathered {
  readonly delivery: Delivery;
  readonly letGo: () => void;
}

/**
 * Lets messages in together: a batch is what has arrived while the one before was handled. Nothing waits to fill one, so a lone
 * message is as quick as it would be without.
 */
export class Batches implements Entrance {
  private readonly gathered: Gathered[] = [];
  private running?: Promise<void>;
  private stopped = false;

  /** @param largest the most messages of a batch */
  constructor(
    private readonly pipeline: Next<Delivery>,
    private readonly largest: number,
  ) {}

  /** Resolves when the batch of this message has ended, whatever comes after it: under load batches follow each other for hours. */
  take(delivery: Delivery): Promise<void> {
    return new Promise((letGo) => {
      this.gathered.push({ delivery, letGo });
      if (this.stopped) this.giveBackGathered();
      else this.running ??= this.run().finally(() => (this.running = undefined));
    });
  }

  /** The batch that is running ends; what has only been gathered goes back to the broker. */
  stop(): void {
    this.stopped = true;
    this.giveBackGathered();
  }

  /** After this turn's I/O events: what one read of the socket has brought is one batch. */
  private async run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.gathered.length > 0) {
      const batch = this.gathered.splice(0, this.largest);
      await this.pipeline(batch.map(({ delivery }) => delivery));
      for (const { letGo } of batch) letGo();
    }
  }

  private giveBackGathered(): void {
    for (const { delivery, letGo } of this.gathered.splice(0)) {
      delivery.giveBack();
      letGo();
    }
  }
}
