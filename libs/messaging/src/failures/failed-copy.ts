import { randomUUID } from 'node:crypto';
import { copiedProperties, failureHeaders, isWritable, messageIdOf, OutgoingMessage } from '@app/amqp';
import { deadLetterQueueName, retryExchangeName, retryQueueName } from '@app/contracts';
import type { ConsumeMessage } from '@app/amqp';
import { RETRY, Verdict } from './retry-ladder';

/** A message that failed, and what was decided about it. */
export interface Failure {
  readonly service: string;
  readonly queue: string;
  readonly error: unknown;
  /** How often the message has failed, this time included. */
  readonly attempts: number;
  readonly verdict: Verdict;
}

/** The reason of a dead letter that has nothing of the original but its body, and its message id if that can be written. */
export const COPY_NOT_WRITABLE = 'COPY_NOT_WRITABLE';

/**
 * The copy that goes to a retry queue or to the dead letters, with the body and the message id of the original. Where no copy can be
 * written with the rest of it, a dead letter with the reason alone.
 */
export function failedCopy(message: ConsumeMessage, failure: Failure): OutgoingMessage {
  const whole = wholeCopy(message, failure);
  return isWritable(whole) ? whole : bareCopy(message, failure);
}

function wholeCopy(message: ConsumeMessage, failure: Failure): OutgoingMessage {
  const { service, queue, verdict, attempts, error } = failure;
  const reason = verdict.kind === 'dead' ? verdict.reason : RETRY;
  return {
    exchange: retryExchangeName(service),
    routingKey: verdict.kind === 'dead' ? deadLetterQueueName(queue) : retryQueueName(queue, verdict.delayMs),
    content: message.content,
    properties: {
      ...copiedProperties(message.properties),
      messageId: messageIdOf(message) ?? randomUUID(),
      headers: failureHeaders(message.properties, { attempts, reason, error }),
    },
  };
}

function bareCopy(message: ConsumeMessage, { service, queue, attempts, error }: Failure): OutgoingMessage {
  return {
    exchange: retryExchangeName(service),
    routingKey: deadLetterQueueName(queue),
    content: message.content,
    properties: {
      messageId: messageIdOf(message) ?? randomUUID(),
      headers: failureHeaders({ headers: {} }, { attempts, reason: COPY_NOT_WRITABLE, error }),
    },
  };
}
