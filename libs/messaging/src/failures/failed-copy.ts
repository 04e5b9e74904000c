import { randomUUID } from 'node:crypto';
import { deadLetterQueueName, retryExchangeName, retryQueueName } from '@app/contracts';
import { ConsumeMessage } from 'amqplib';
import { messageIdOf } from '../publishing/message-id';
import { OutgoingMessage } from '../publishing/outgoing-message';
import { failureHeaders } from './failure-headers';
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

/**
 * The copy that goes to a retry queue or to the dead letters. It keeps the body and the message id; an expiration or a
 * user id of the original would make the broker drop or refuse it.
 */
export function failedCopy(message: ConsumeMessage, failure: Failure): OutgoingMessage {
  const { service, queue, verdict, attempts, error } = failure;
  const reason = verdict.kind === 'dead' ? verdict.reason : RETRY;
  return {
    exchange: retryExchangeName(service),
    routingKey: verdict.kind === 'dead' ? deadLetterQueueName(queue) : retryQueueName(queue, verdict.delayMs),
    content: message.content,
    properties: {
      ...message.properties,
      expiration: undefined,
      userId: undefined,
      messageId: messageIdOf(message) ?? randomUUID(),
      headers: failureHeaders(message.properties, { attempts, reason, error }),
    },
  };
}
