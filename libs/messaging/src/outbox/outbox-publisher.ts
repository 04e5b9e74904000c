import { BrokerUnavailable, Publisher } from '@app/amqp';
import { ServiceName } from '@app/service';
import { Injectable } from '@nestjs/common';
import { ExchangeGate } from './exchange-gate';
import { OutboxEntry, toMessage } from './outbox-entry';

/** What became of an event: the broker has it, the broker was away, or the broker refused it or could not route it. */
export type Outcome = 'confirmed' | 'broker away' | { readonly refused: string };

/** Publishes single events of the outbox, and closes the exchange's gate where the broker does not take them. */
@Injectable()
export class OutboxPublisher {
  constructor(
    private readonly publisher: Publisher,
    private readonly service: ServiceName,
  ) {}

  async publish(entry: OutboxEntry, gate: ExchangeGate): Promise<Outcome> {
    try {
      await this.publisher.publish(toMessage(this.service.value, entry));
      gate.wentThrough();
      return 'confirmed';
    } catch (error) {
      if (error instanceof BrokerUnavailable) return 'broker away';
      const refused = error instanceof Error ? error.message : String(error);
      gate.pause(refused);
      return { refused };
    }
  }
}
