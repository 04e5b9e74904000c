import { Delivery, messageIdOf } from '@app/amqp';
import type { MessageProperties } from '@app/amqp';
import { isTraceparent, runInContext } from '@app/service';
import { contextOf } from './context-of';

/** Runs the work, such as a log line, in the context that a message names, also where the message cannot be read. */
export const inContextOf = <T>({ message, properties }: Delivery, work: () => T): T =>
  inNamedContext(properties, messageIdOf(message) ?? '', work);

/** Runs the work in the context that the properties name; in none where they name no trace. */
export function inNamedContext<T>(properties: MessageProperties, messageId: string, work: () => T): T {
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  return isTraceparent(headers.traceparent) ? runInContext(contextOf(properties, messageId), work) : work();
}
