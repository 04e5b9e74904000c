import { parseArgs } from 'node:util';
import { SERVICES } from '../launcher/suite/service-descriptions';
import { SCALABLE } from '../launcher/suite/services';
import { UsageError } from '../operations/run-command';

const NAMES: readonly string[] = SERVICES.map(({ name }) => name);

export const USAGE = `Usage: npm start -- [options]

  --without <service>          does not start it; "npm run suite -- start <service>" does, later
  --scale <service>=<count>    starts so many processes of it, which share its queue
  --inspect <service>          lets a debugger attach to it, on port 9229
  --watch                      builds again after each change, and restarts what has changed: "npm run dev"

Services: ${NAMES.join(', ')}. The first two options can be given more than once.
RABBITMQ_URL and DATABASE_URL name a broker and a database server to use instead of its own;
LOG_LEVEL, PREFETCH, SENDS_AT_ONCE, SCHEMA_BASE_URL and the variables of OpenTelemetry (OTEL_) are passed on to the services.`;

const OPTIONS = {
  without: { type: 'string', multiple: true },
  scale: { type: 'string', multiple: true },
  inspect: { type: 'string' },
  watch: { type: 'boolean', default: false },
} as const;

/** What the arguments of `npm start` ask for. */
export interface StartOptions {
  readonly without: readonly string[];
  /** How many processes each service has; one where it is not named. */
  readonly scale: ReadonlyMap<string, number>;
  /** The service that a debugger can attach to. */
  readonly inspect?: string;
  readonly watch: boolean;
}

/** @throws UsageError, or what `parseArgs` throws */
export function startOptions(args: string[]): StartOptions {
  const { without = [], scale = [], inspect, watch } = parseArgs({ args, options: OPTIONS }).values;
  for (const name of [...without, ...(inspect === undefined ? [] : [inspect])]) assertOneOf(NAMES, name);
  return { without, scale: new Map(scale.map(countOf)), inspect, watch };
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
