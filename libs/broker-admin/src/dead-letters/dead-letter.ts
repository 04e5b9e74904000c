import { createHash } from 'node:crypto';
import type { Message } from '@app/amqp';
import { ERROR, FAILED_AT, failedAttemptsOf, messageIdOf, REASON } from '@app/amqp';
import { lastDeath } from './last-death';

/** A message that could not be handled, and what happened to it. What is not known is an empty text. */
export interface DeadLetter {
  /** Its message id; for a message that came without one, a hash of its body, which names it just as well. */
  readonly messageId: string;
  readonly type: string;
  /** The code of a permanent error, `RETRIES_EXHAUSTED`, or RabbitMQ's own such as `delivery_limit`. */
  readonly reason: string;
  readonly error: string;
  /** ISO 8601, UTC. */
  readonly failedAt: string;
  /** How often its service reported a failure; one that killed the service was not reported. */
  readonly attempts: number;
  /** Holds personal data. */
  readonly body: string;
}

export function deadLetterOf(message: Message): DeadLetter {
  const { properties, content } = message;
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const told = {
    reason: textOf(headers[REASON]),
    error: textOf(headers[ERROR]),
    failedAt: textOf(headers[FAILED_AT]),
  };
  return {
    messageId: deadLetterIdOf(message),
    type: textOf(properties.type),
    ...told,
    ...lastDeath(headers),
    attempts: failedAttemptsOf(properties),
    body: content.toString(),
  };
}

/** What a dead letter is called. */
export const deadLetterIdOf = (message: Message): string =>
  messageIdOf(message) ?? `sha256-${createHash('sha256').update(message.content).digest('hex')}`;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
