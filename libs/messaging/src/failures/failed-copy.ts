import { randomUUID } from 'node:crypto';
import { copiedProperties, failureHeaders, messageIdOf, OutgoingMessage } from '@app/amqp';
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

/** The copy that goes to a retry queue or to the dead letters, with the body and the message id of the original. */
export function failedCopy(message: ConsumeMessage, failure: Failure): OutgoingMessage {
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
