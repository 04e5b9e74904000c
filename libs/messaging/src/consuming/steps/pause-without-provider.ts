import { Received } from '../../pipeline/received';
import { Next, Outcome, Step } from '../../pipeline/step';
import { ProviderOutage } from '../../provider/provider-outage';

/**
 * While the provider that the handlers send through is away, the consumers take no more messages, and those that they have go to the
 * retry ladder: that is no message's fault, and costs no attempt. They are not given back, since each time would count towards the
 * delivery limit of their queue.
 */
export class PauseWithoutProvider implements Step<Received> {
  constructor(private readonly outage: ProviderOutage) {}

  handle(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    return this.outage.letThrough(() => this.attempt(messages, next));
  }

  private async attempt(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    try {
      return await next(messages);
    } catch (error) {
      const ids = messages.map(({ id }) => id).join();
      throw await this.outage.failureOf(ids, error);
    }
  }
}
