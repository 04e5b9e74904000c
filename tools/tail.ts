import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addressOf } from '@app/amqp';
import { checkTopology, watchEvents } from '@app/broker-admin';
import { CHECKOUT } from '../infra/environment';
import { Interrupted, Interruption } from './console/interruption';
import { npmProcess } from './console/npm-process';
import { brokerConfig } from './operations/broker-config';
import { runCommand } from './operations/run-command';
import { TopologyCommandConfig } from './operations/topology-command.config';
import { BindingsGuard } from './tail/bindings-guard';
import { eventJson, eventLine } from './tail/event-line';
import { selectionsOf } from './tail/selections';
import { tailUrls } from './tail/tail-urls';

const USAGE = `Usage: npm run tail [-- <pattern> … | --header <name>=<value> …] [--json]

Shows the events as they are published, a line each, until Ctrl-C: all of them, those whose type fits one of the patterns, or those of
orders that have all of the headers. "*" stands for one word of a type, "#" for any number.

  npm run tail -- 'order.*'
  npm run tail -- stock.rejected stock.low
  npm run tail -- --header currency=EUR
  npm run --silent tail -- --json | jq .data    the whole events, for programs

The broker is that of "npm start", to which it connects as user "tail", or that of RABBITMQ_URL. It has a queue of its own, which is gone when it
ends, and misses what is published while it is not connected.`;

const OPTIONS = { json: { type: 'boolean' }, header: { type: 'string', multiple: true } } as const;
const DATA_FOLDER = join(CHECKOUT, '.data');

/** `npm run tail`: the events, live. Whatever else there is to say goes to standard error. */
async function tail(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const selections = selectionsOf(positionals, values.header);
  const config = brokerConfig(TopologyCommandConfig, process.env, DATA_FOLDER);
  const { rabbitmqUrl, rabbitmqManagementUrl: managementUrl } = config;
  const urls = tailUrls(process.env, DATA_FOLDER) ?? rabbitmqUrl;
  const wanted = { url: rabbitmqUrl, managementUrl, kinds: config, settings: config };
  const guard = new BindingsGuard(() => checkTopology(wanted), console.error);
  const interruption = new Interruption(() => undefined, npmProcess());
  const { signal } = interruption;
  let guarding: Promise<void> | undefined;
  const print = values.json === true ? eventJson : eventLine;
  const what = [...positionals, ...(values.header ?? [])].join(', ') || 'all events';
  await watchEvents(urls, {
    selections,
    onMessage: ({ content }) => console.log(print(content, process.stdout)),
    onWatching: () => {
      console.error(`Following ${what} on ${urls.map(addressOf).join(', ')}; Ctrl-C ends.`);
      guarding ??= guard.until(signal).catch((error: unknown) => interruption.fail(errorOf(error)));
    },
    onInterrupted: () => console.error('The broker is away; trying again.'),
    stop: signal,
  });
  if (!(signal.reason instanceof Interrupted)) throw signal.reason;
}

const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

void runCommand({ usage: USAGE, run: tail });
