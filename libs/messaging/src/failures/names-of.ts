import { messageIdOf } from '@app/amqp';
import { jsonTextOf } from '@app/service';
import type { ConsumeMessage } from '@app/amqp';

/** What may stand in a log or an alert as it is. */
const NAME = /^[\w.:-]{1,128}$/;

/** A body that is longer is not read again for a name. */
const LONGEST_BODY_BYTES = 1024 * 1024;

/** The names by which an operator finds a message and its order again; only those that the message has, and that are names. */
export function namesOf(message: ConsumeMessage): string {
  const names: [what: string, name: unknown][] = [
    ['message', messageIdOf(message)],
    ['order', subjectOf(message.content)],
    ['correlation id', message.properties.correlationId],
  ];
  const known = names.filter(([, name]) => typeof name === 'string' && NAME.test(name));
  return known.map(([what, name]) => `${what} ${String(name)}`).join(', ');
}

/** What the event is about, as far as the body is one. */
function subjectOf(content: Buffer): unknown {
  if (content.length > LONGEST_BODY_BYTES) return undefined;
  try {
    const event: unknown = JSON.parse(jsonTextOf(content));
    return typeof event === 'object' && event !== null && 'subject' in event ? event.subject : undefined;
  } catch {
    return undefined;
  }
}
