import { setTimeout as sleep } from 'node:timers/promises';
import { Delivery, failedAttemptsOf, messageIdOf, OutgoingMessage, Publisher } from '@app/amqp';
import { ServiceName } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { Alerts } from '../alerts/alerts';
import { MessagingConfig } from '../messaging.config';
import { Failure, failedCopy } from './failed-copy';
import { FailureHandling } from './failure-handling';
import { attemptsAfter, verdict } from './retry-ladder';

const TRY_AGAIN_MS = 500;

/**
 * Gives a failed message its path: first a copy to a retry queue or to the dead letters, confirmed by the broker,
 * and only then the acknowledgement of the original. Killed between the two, there are two copies and none is lost.
 */
@Injectable()
export class FailedDeliveries extends FailureHandling {
  private readonly logger = new Logger(FailedDeliveries.name);

  constructor(
    private readonly publisher: Publisher,
    private readonly config: MessagingConfig,
    private readonly service: ServiceName,
    private readonly alerts: Alerts,
  ) {
    super();
  }

  /** Never rejects: while the broker takes nothing the message stays in hand, and goes back when its channel closes. */
  async settle(delivery: Delivery, queue: string, error: unknown): Promise<void> {
    const attempts = attemptsAfter(error, failedAttemptsOf(delivery.message.properties));
    const decided = verdict(error, attempts, this.config.retryDelaysMs);
    const failure = { service: this.service.value, queue, error, attempts, verdict: decided };
    this.report(delivery, failure);
    await this.handOver(delivery, failedCopy(delivery.message, failure));
  }

  private async handOver(delivery: Delivery, copy: OutgoingMessage): Promise<void> {
    while (delivery.isOurs) {
      try {
        await this.publisher.publish(copy);
        delivery.acknowledge();
        return;
      } catch (error) {
        this.logger.warn(`cannot hand over a failed message yet: ${String(error)}`);
        await sleep(TRY_AGAIN_MS);
      }
    }
  }

  private report({ message }: Delivery, { queue, attempts, verdict: decided, error }: Failure): void {
    const facts = { queue, messageId: messageIdOf(message), attempts, err: error };
    if (decided.kind === 'retry') {
      this.logger.warn(facts, `failed, next attempt in ${decided.delayMs} ms`);
      return;
    }
    const text = `A message of ${queue} goes to the dead letters: ${decided.reason}`;
    this.logger.error(facts, text);
    this.alerts.raise('error', 'MESSAGE_DEAD_LETTERED', text);
  }
}
