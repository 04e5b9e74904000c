import { Delivery } from '@app/amqp';
import { Next } from '../pipeline/step';
import { Entrance } from './entrance';

/** Lets each message in at once, as a flow of its own. */
export class OneByOne implements Entrance {
  constructor(private readonly pipeline: Next<Delivery>) {}

  async take(delivery: Delivery): Promise<void> {
    await this.pipeline([delivery]);
  }

  stop(): void {
    // Nothing waits here.
  }
}
