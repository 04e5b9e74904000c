import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();

/** Runs the work as the handling of the message with that id. */
export function withIdempotencyKey<T>(messageId: string, work: () => T): T {
  return storage.run(messageId, work);
}

/**
 * The id of the message that is being handled, with its source where that is none of our services: the same on every repeat, so a
 * provider that is called with it can recognise a repeat.
 * @throws Error outside the handling of a message
 */
export function idempotencyKey(): string {
  const messageId = storage.getStore();
  if (messageId === undefined) throw new Error('idempotencyKey() is known only while a message is handled');
  return messageId;
}
