import { isTemporary } from '@app/persistence';
import { DatabaseOutage } from '../../outage/database-outage';
import { Received } from '../../pipeline/received';
import { Next, Outcome, Step } from '../../pipeline/step';

/** Tells the end of an outage by messages that reached the database. A message without a handler, or one that is not valid, did not. */
export class EndDatabaseOutage implements Step<Received> {
  constructor(private readonly outage: DatabaseOutage) {}

  async handle(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    try {
      const outcomes = await next(messages);
      this.outage.end();
      return outcomes;
    } catch (error) {
      if (!isTemporary(error)) this.outage.end();
      throw error;
    }
  }
}
