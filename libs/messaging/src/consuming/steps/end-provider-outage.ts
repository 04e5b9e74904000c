import { Received } from '../../pipeline/received';
import { Next, Outcome, Step } from '../../pipeline/step';
import { ProviderOutage } from '../../provider/provider-outage';

/** Tells the end of the provider's outage by messages that it took: those that were sent before, or are stale, say nothing of it. */
export class EndProviderOutage implements Step<Received> {
  constructor(private readonly outage: ProviderOutage) {}

  async handle(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    const outcomes = await next(messages);
    if (outcomes.includes('done')) this.outage.end();
    return outcomes;
  }
}
