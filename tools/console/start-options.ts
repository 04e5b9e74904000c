import { parseArgs } from 'node:util';
import { SERVICES } from '../launcher/suite/service-descriptions';
import { SCALABLE } from '../launcher/suite/services';
import { UsageError } from '../operations/run-command';

const NAMES: readonly string[] = SERVICES.map(({ name }) => name);

export const USAGE = `Usage: npm start -- [--without <service>] [--scale <service>=<count>]

  --without <service>          does not start it; "npm run suite -- start <service>" does, later
  --scale <service>=<count>    starts so many processes of it, which share its queue

Services: ${NAMES.join(', ')}. Both options can be given more than once.
RABBITMQ_URL and DATABASE_URL name a broker and a database server to use instead of its own;
LOG_LEVEL, PREFETCH and SENDS_AT_ONCE are passed on to the services.`;

const OPTIONS = {
  without: { type: 'string', multiple: true },
  scale: { type: 'string', multiple: true },
} as const;

/** What the arguments of `npm start` ask for. */
export interface StartOptions {
  readonly without: readonly string[];
  /** How many processes each service has; one where it is not named. */
  readonly scale: ReadonlyMap<string, number>;
}

/** @throws UsageError, or what `parseArgs` throws */
export function startOptions(args: string[]): StartOptions {
  const { without = [], scale = [] } = parseArgs({ args, options: OPTIONS }).values;
  for (const name of without) assertOneOf(NAMES, name);
  return { without, scale: new Map(scale.map(countOf)) };
}

function countOf(text: string): [service: string, count: number] {
  const [service = '', count = ''] = text.split('=');
  assertOneOf(SCALABLE, service);
  if (!/^([1-9]|1\d|20)$/.test(count)) throw new UsageError(`--scale ${text}: the count goes from 1 to 20.`);
  return [service, Number(count)];
}

function assertOneOf(known: readonly string[], name: string): void {
  if (!known.includes(name)) throw new UsageError(`"${name}" is none of ${known.join(', ')}.`);
}
