import { once } from 'node:events';
import { Delivery } from '@app/amqp';
import { DatabaseOutage } from '../outage/database-outage';
import { Next } from '../pipeline/step';
import { Entrance } from './entrance';

/**
 * After an outage, lets messages in one at a time until one has succeeded; the others wait outside, and so does one that did not
 * succeed. Else they go in as usual.
 */
export class AfterOutage implements Entrance {
  private readonly usual: Entrance;
  private readonly waiting: Delivery[] = [];
  private readonly stopped = new AbortController();
  private readonly stopping = once(this.stopped.signal, 'abort');
  private trying?: Promise<void>;

  /** @param usualOn makes the usual entrance of a pipeline */
  constructor(
    private readonly outage: DatabaseOutage,
    private readonly pipeline: Next<Delivery>,
    usualOn: (pipeline: Next<Delivery>) => Entrance,
  ) {
    this.usual = usualOn((deliveries) => this.handle(deliveries));
  }

  async take(delivery: Delivery): Promise<void> {
    if (this.outage.isTrying && !this.stopped.signal.aborted) this.wait(delivery);
    else await this.usual.take(delivery);
    await this.trying;
  }

  /** What waits goes back to the broker. */
  stop(): void {
    this.stopped.abort();
    for (const delivery of this.waiting.splice(0)) delivery.giveBack();
    this.usual.stop();
  }

  /** What is to be tried again waits here, and holds up nothing. */
  private async handle(deliveries: readonly Delivery[]) {
    const outcomes = await this.pipeline(deliveries);
    for (const [index, delivery] of deliveries.entries()) {
      if (outcomes[index] === 'try again') this.wait(delivery);
    }
    return outcomes;
  }

  private wait(delivery: Delivery): void {
    this.waiting.push(delivery);
    this.trying ??= this.tryEach();
  }

  private async tryEach(): Promise<void> {
    const released: Promise<void>[] = [];
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      await this.untilItsTurn();
      if (this.stopped.signal.aborted) next.giveBack();
      else if (this.outage.isOver && !this.outage.isSuspect(next)) released.push(this.usual.take(next));
      else if (next.isOurs) await this.handle([next]);
    }
    this.trying = undefined;
    await Promise.all(released);
  }

  private async untilItsTurn(): Promise<void> {
    if (this.outage.isOver) return;
    await Promise.race([this.outage.nextTry, this.stopping]);
  }
}
