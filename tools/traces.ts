import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKOUT } from '../infra/environment';
import { SuiteFile } from './launcher/suite/suite-file';
import type { Trace } from './launcher/tracing/trace-store';
import { runCommand, UsageError } from './operations/run-command';
import { command } from './suite/command';
import { waterfall } from './traces/waterfall';

const USAGE = `Usage: npm run traces [-- <order id> or <trace id>]      in the checkout in which "npm start" runs

Shows the way of an order through all services, as a picture: that of the order, or of the newest one; or the trace whose id
a log line names (trace_id). The launcher keeps the last 1,000 traces. --json: the spans, for programs.`;

const OPTIONS = { json: { type: 'boolean' } } as const;

/** `npm run traces`: one order, from its request to its last mail and text. */
async function traces(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (positionals.length > 1) throw new UsageError('One order or trace at a time.');
  const found = await command<readonly Trace[]>(new SuiteFile(join(CHECKOUT, '.data')), [
    'traces',
    ...positionals,
  ]);
  if (values.json === true) console.log(JSON.stringify(found, undefined, 2));
  else if (found.length === 0)
    console.log('No trace of it yet. Spans arrive half a second after their work has ended.');
  else for (const trace of found) console.log(waterfall(trace, process.stdout));
}

void runCommand({ usage: USAGE, run: traces });
