import { setTimeout as sleep } from 'node:timers/promises';
import { deadLetterQueueName, retryExchangeName, retryQueueName } from '@app/contracts';
import { ServiceName } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { MessagingConfig } from '../messaging.config';
import { OutgoingMessage } from '../publishing/outgoing-message';
import { Publisher } from '../publishing/publisher';
import { Delivery } from '../subscribing/delivery';
import { failedAttemptsOf, failureHeaders } from './failure-headers';
import { Verdict, verdict } from './retry-ladder';

const TRY_AGAIN_MS = 500;

/**
 * Gives a failed message its path: a copy to a retry queue or to the dead letters first, confirmed by the broker,
 * and only then the acknowledgement of the original. Killed between the two, there are two copies and none is lost.
 */
@Injectable()
export class FailedDeliveries {
  private readonly logger = new Logger(FailedDeliveries.name);

  constructor(
    private readonly publisher: Publisher,
    private readonly config: MessagingConfig,
    private readonly service: ServiceName,
  ) {}

  /** Never rejects: while the broker takes nothing the message stays in hand, and it goes back when its channel closes. */
  async settle(delivery: Delivery, queue: string, error: unknown): Promise<void> {
    const attempts = failedAttemptsOf(delivery.message.properties) + 1;
    const decided = verdict(error, attempts, this.config.retryDelaysMs);
    this.report(queue, delivery, attempts, decided, error);
    const copy = this.copyOf(delivery, queue, attempts, decided, error);
    while (delivery.isOurs) {
      try {
        await this.publisher.publish(copy);
        return delivery.acknowledge();
      } catch (failure) {
        this.logger.warn(`cannot hand over a failed message yet: ${String(failure)}`);
        await sleep(TRY_AGAIN_MS);
      }
    }
  }

  private copyOf(
    { message }: Delivery,
    queue: string,
    attempts: number,
    decided: Verdict,
    error: unknown,
  ): OutgoingMessage {
    const { expiration: _expiration, userId: _userId, ...properties } = message.properties;
    const reason = decided.kind === 'dead' ? decided.reason : 'RETRY';
    return {
      exchange: retryExchangeName(this.service.value),
      routingKey:
        decided.kind === 'dead' ? deadLetterQueueName(queue) : retryQueueName(queue, decided.delayMs),
      content: message.content,
      properties: {
        ...properties,
        messageId: properties.messageId ?? randomUUID(),
        headers: failureHeaders(message.properties, { attempts, reason, error }),
      },
    };
  }

  private report(
    queue: string,
    { message }: Delivery,
    attempts: number,
    decided: Verdict,
    error: unknown,
  ): void {
    const facts = { queue, messageId: message.properties.messageId, attempts, err: error };
    if (decided.kind === 'dead') this.logger.error(facts, `to the dead letters: ${decided.reason}`);
    else this.logger.warn(facts, `failed, next attempt in ${decided.delayMs} ms`);
  }
}
