import type { Selection } from '@app/broker-admin';
import { EVENT_EXAMPLES, INVENTORY_EVENTS, ORDER_HEADERS, ORDER_TOPICS } from '@app/contracts';
import { UsageError } from '../operations/run-command';
import { fits, isPattern } from './topic-pattern';

const EVERYTHING = '#';
const TYPES: readonly string[] = EVENT_EXAMPLES.map(({ eventClass }) => eventClass.type);

/**
 * What the words of a command line select: patterns of event types, or headers that an event must have all of. Everything where there
 * are neither.
 * @throws UsageError
 */
export function selectionsOf(patterns: readonly string[], headers: readonly string[] = []): Selection[] {
  if (headers.length === 0) return (patterns.length === 0 ? [EVERYTHING] : patterns).flatMap(byType);
  if (patterns.length > 0)
    throw new UsageError('Patterns or headers: RabbitMQ would send what fits either of them, not both.');
  return [{ exchange: ORDER_HEADERS, headers: Object.fromEntries(headers.map(header)) }];
}

/** Bound to both exchanges: which of them a type is published to need not be known. */
function byType(pattern: string): Selection[] {
  if (!isPattern(pattern))
    throw new UsageError(
      `"${pattern}" is no pattern: words between dots, "*" for one word and "#" for any number of them.`,
    );
  if (!TYPES.some((type) => fits(pattern, type)))
    throw new UsageError(`No event fits "${pattern}". There are ${TYPES.join(', ')}.`);
  return [ORDER_TOPICS, INVENTORY_EVENTS].map((exchange) => ({ exchange, bindingKey: pattern }));
}

function header(text: string): [name: string, value: string] {
  const [name = '', ...value] = text.split('=');
  if (name === '' || value.length === 0)
    throw new UsageError(`"${text}" is no header: name=value, such as currency=EUR.`);
  if (name.startsWith('x-'))
    throw new UsageError(`RabbitMQ looks at no header that begins with "x-", such as "${name}".`);
  return [name, value.join('=')];
}
