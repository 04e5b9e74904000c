import { setTimeout as sleep } from 'node:timers/promises';
import { CopyPublisher, Delivery, failedAttemptsOf, messageIdOf, OutgoingMessage } from '@app/amqp';
import { deadLetterQueueName } from '@app/contracts';
import { ServiceName } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { Alerts } from '../../alerts/alerts';
import { Failure, failedCopy } from '../../failures/failed-copy';
import { namesOf } from '../../failures/names-of';
import { Postponed } from '../../failures/postponed';
import { attemptsAfter, verdict } from '../../failures/retry-ladder';
import { MessagingConfig } from '../../config/messaging.config';
import { inContextOf } from '../../pipeline/in-context-of';
import { refusedOnError } from '../../pipeline/refused-on-error';
import { DoneWith, isRefused, Next, Outcome, Step } from '../../pipeline/step';

const TRY_AGAIN_MS = 500;

/**
 * Gives a message that failed its path: a copy to a retry queue or to the dead letters, confirmed by the broker, and only then is
 * the original done with. A process that is killed between the two leaves two copies, and loses none.
 */
@Injectable()
export class RetryOrDeadLetter implements Step<Delivery> {
  private readonly logger = new Logger(RetryOrDeadLetter.name);

  constructor(
    private readonly publisher: CopyPublisher,
    private readonly config: MessagingConfig,
    private readonly service: ServiceName,
    private readonly alerts: Alerts,
  ) {}

  async handle(deliveries: readonly Delivery[], next: Next<Delivery>): Promise<readonly Outcome[]> {
    const outcomes = await refusedOnError(deliveries, next);
    if (!outcomes.some(isRefused)) return outcomes;
    return Promise.all(
      deliveries.map(async (delivery, index) => {
        const outcome = outcomes[index] ?? 'give back';
        return isRefused(outcome) ? this.settle(delivery, outcome.refused) : outcome;
      }),
    );
  }

  private async settle(delivery: Delivery, error: unknown): Promise<Outcome> {
    if (!delivery.isOurs) {
      this.logger.warn(`failed, and is delivered again by the broker: ${String(error)}`);
      return 'give back';
    }
    const attempts = attemptsAfter(error, failedAttemptsOf(delivery.properties));
    const decided = verdict(error, attempts, this.config.retryDelaysMs);
    const failure = { service: this.service.value, queue: delivery.queue, error, attempts, verdict: decided };
    inContextOf(delivery, () => this.report(delivery, failure));
    const copy = failedCopy(delivery.message, failure);
    return (await this.handOver(delivery, copy)) ? outcomeOf(failure, copy) : 'give back';
  }

  /** While the broker takes no copy, the message waits; it goes back when its channel closes. */
  private async handOver(delivery: Delivery, copy: OutgoingMessage): Promise<boolean> {
    while (delivery.isOurs) {
      try {
        await this.publisher.publish(copy);
        return true;
      } catch (error) {
        this.logger.warn(`cannot hand over a failed message yet: ${String(error)}`);
        await sleep(TRY_AGAIN_MS);
      }
    }
    return false;
  }

  private report({ message }: Delivery, { queue, attempts, verdict: decided, error }: Failure): void {
    const facts = { queue, messageId: messageIdOf(message), attempts };
    if (error instanceof Postponed) {
      this.logger.log(facts, `postponed: ${error.message}`);
      return;
    }
    if (decided.kind === 'retry') {
      this.logger.warn({ ...facts, err: error }, `failed, next attempt in ${decided.delayMs} ms`);
      return;
    }
    const names = namesOf(message) || 'it has no id';
    const text = `A message of ${queue} goes to the dead letters: ${decided.reason} (${names})`;
    this.alerts.raise('error', 'MESSAGE_DEAD_LETTERED', text, { ...facts, err: error });
  }
}

function outcomeOf({ queue, error }: Failure, copy: OutgoingMessage): DoneWith {
  if (copy.routingKey === deadLetterQueueName(queue)) return 'dead';
  return error instanceof Postponed ? 'postponed' : 'retried';
}
