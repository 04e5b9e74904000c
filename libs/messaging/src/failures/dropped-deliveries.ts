import { Injectable, Logger } from '@nestjs/common';
import { Delivery, messageIdOf } from '@app/amqp';
import { FailureHandling } from './failure-handling';

/** For exclusive queues, whose messages may be missed: a failure is logged, and that is all. */
@Injectable()
export class DroppedDeliveries extends FailureHandling {
  private readonly logger = new Logger(DroppedDeliveries.name);
  private dropped = 0;

  settle(delivery: Delivery, queue: string, error: unknown): Promise<void> {
    this.dropped += 1;
    const facts = { queue, messageId: messageIdOf(delivery.message), dropped: this.dropped, err: error };
    this.logger.error(facts, 'failed, and dropped');
    delivery.acknowledge();
    return Promise.resolve();
  }
}
