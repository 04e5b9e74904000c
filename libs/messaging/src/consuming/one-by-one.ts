import { Delivery, Semaphore } from '@app/amqp';
import { Next } from '../pipeline/step';
import { Entrance } from './entrance';

/** Lets each message in as a flow of its own, as many at once as there are slots; the others wait outside. */
export class OneByOne implements Entrance {
  private readonly waiting = new Set<Delivery>();
  private stopped = false;

  /** @param slots shared with other entrances that call the same provider */
  constructor(
    private readonly pipeline: Next<Delivery>,
    private readonly slots: Semaphore,
  ) {}

  async take(delivery: Delivery): Promise<void> {
    if (this.stopped) {
      delivery.giveBack();
      return;
    }
    this.waiting.add(delivery);
    await this.slots.run(async () => {
      if (this.waiting.delete(delivery)) await this.pipeline([delivery]);
    });
  }

  /** The flows that have begun go on; what still waits goes back to the broker. */
  stop(): void {
    this.stopped = true;
    for (const delivery of this.waiting) delivery.giveBack();
    this.waiting.clear();
  }
}
