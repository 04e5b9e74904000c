import { DatabaseAvailability, isTemporary } from '@app/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AmbiguousDelivery, DeliveryInProgress } from './ambiguous-delivery';
import { Deliveries, DeliveryId } from './deliveries';
import { IdempotentReceiver } from './idempotent-receiver';

const FORGET_EVERY_MS = 600_000;

/**
 * For effects outside, such as a mail: at least once. That it is being sent is committed before the call, that it was
 * sent after it. Only a process that dies between the two, or an answer that never comes, makes a repeat,
 * and that goes out under the same key.
 */
@Injectable()
export class DeliveryLog extends IdempotentReceiver {
  private readonly logger = new Logger(DeliveryLog.name);

  constructor(
    private readonly deliveries: Deliveries,
    private readonly database: DatabaseAvailability,
  ) {
    super();
  }

  async receive(consumer: string, messageId: string, work: () => Promise<void>): Promise<void> {
    const delivery = { consumer, messageId };
    if (await this.deliveries.open(delivery)) {
      await this.send(delivery, work);
    } else if (await this.deliveries.wasSent(delivery)) {
      this.logger.log(`message ${messageId} was handled before`);
    } else {
      throw new DeliveryInProgress(messageId);
    }
  }

  @Interval(FORGET_EVERY_MS)
  async forgetOld(): Promise<void> {
    await this.deliveries.forgetOld().catch((error: unknown) => this.logger.warn(error));
  }

  private async send(delivery: DeliveryId, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.giveUpLease(delivery, error instanceof AmbiguousDelivery ? 'unknown' : 'sending');
      throw error;
    }
    await this.markSent(delivery);
  }

  /** So that the retry need not wait for the lease's end; where that fails, it just waits. */
  private async giveUpLease(delivery: DeliveryId, state: 'sending' | 'unknown'): Promise<void> {
    await this.deliveries.settle(delivery, state).catch((error: unknown) => this.logger.warn(error));
  }

  /** Waits for a database that went away meanwhile, or for a lock: giving up here would send a second time. */
  private async markSent(delivery: DeliveryId): Promise<void> {
    for (;;) {
      try {
        await this.deliveries.settle(delivery, 'sent');
        return;
      } catch (error) {
        if (!isTemporary(error)) throw error;
        await this.database.whenAvailable();
      }
    }
  }
}
