import { Arguments } from './durable-queues';
import { isListed, Listed } from './management-api';

/** How everything is made: it outlives a restart of the broker and its last user, and clients may publish to it. */
const FLAGS: Readonly<Record<string, unknown>> = {
  durable: true,
  auto_delete: false,
  exclusive: false,
  internal: false,
};

/** The queue type of the virtual host's default is added to every queue that was made without one. */
const ADDED_BY_BROKER = 'x-queue-type';

/** In which properties an exchange or a queue is not as it was made: `has durable false, not true`. */
export function differingProperties(found: Listed, wanted: Arguments = {}): string[] {
  return [...differing(flagsOf(found), FLAGS), ...differing(argumentsOf(found, wanted), wanted)];
}

/** RabbitMQ tells of each those that it can have. */
const flagsOf = (found: Listed): Listed => ({ ...FLAGS, ...only(found, Object.keys(FLAGS)) });

function argumentsOf({ arguments: listed }: Listed, wanted: Arguments): Listed {
  const has = isListed(listed) ? listed : {};
  return only(
    has,
    Object.keys(has).filter((key) => key in wanted || key !== ADDED_BY_BROKER),
  );
}

const only = (all: Listed, keys: readonly string[]): Listed =>
  Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));

/** `has max-length unset, not 1000` for each that differs. */
export function differing(has: Listed, wanted: Listed): string[] {
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(has)])];
  return keys
    .filter((key) => has[key] !== wanted[key])
    .map((key) => `has ${key} ${shown(has[key])}, not ${shown(wanted[key])}`);
}

const shown = (value: unknown): string => (value === undefined ? 'unset' : JSON.stringify(value));
