import { Delivery, messageIdOf } from '@app/amqp';
import { isTraceparent, runInContext } from '@app/service';
import { contextOf } from './context-of';

/** Runs the work, such as a log line, in the context that a message names, also where it cannot be read; in none where it names no trace. */
export function inContextOf<T>({ message, properties }: Delivery, work: () => T): T {
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  if (!isTraceparent(headers.traceparent)) return work();
  return runInContext(contextOf(properties, messageIdOf(message) ?? ''), work);
}
