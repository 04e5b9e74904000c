import { BrokerUnavailable, MessageUnwritable, Publisher } from '@app/amqp';
import { ServiceName } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { PublishedExchange } from './published-exchange';
import { OutboxEntry, toMessage } from './outbox-entry';
import { inPublishSpans } from './publish-spans';
import { PublishOutcome } from './publish-outcome';

/** Publishes events of the outbox, and pauses their exchange where the broker does not take them. */
@Injectable()
export class OutboxPublisher {
  private readonly logger = new Logger(OutboxPublisher.name);

  constructor(
    private readonly publisher: Publisher,
    private readonly service: ServiceName,
  ) {}

  /** Publishes a batch. What the broker has confirmed while a queue was missing counts as if the broker had been away. */
  async publishAll(
    entries: readonly OutboxEntry[],
    exchange: PublishedExchange,
  ): Promise<readonly PublishOutcome[]> {
    const outcomes = await inPublishSpans(entries, (entry) => this.publish(entry, exchange));
    if (!outcomes.includes('confirmed') || (await this.haveReachedAll(exchange))) return outcomes;
    return outcomes.map((outcome) => (outcome === 'confirmed' ? 'broker away' : outcome));
  }

  private async haveReachedAll(exchange: PublishedExchange): Promise<boolean> {
    try {
      return await exchange.reachedAll();
    } catch (error) {
      this.logger.debug(error);
      return false;
    }
  }

  private async publish(entry: OutboxEntry, exchange: PublishedExchange): Promise<PublishOutcome> {
    try {
      await this.publisher.publish(toMessage(this.service.value, entry));
      exchange.wentThrough();
      return 'confirmed';
    } catch (error) {
      if (error instanceof BrokerUnavailable) return 'broker away';
      const refused = error instanceof Error ? error.message : String(error);
      // An event that cannot be written waits alone: it is no reason to hold up the others.
      if (error instanceof MessageUnwritable) this.logger.error(`event ${entry.event_id}: ${refused}`);
      else exchange.pause(refused);
      return { refused };
    }
  }
}
