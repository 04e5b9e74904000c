import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { watchAlerts } from '@app/broker-admin';
import type { Alert } from '@app/contracts';
import { addressOf, BrokerConfig } from '@app/amqp';
import { Interruption } from './console/interruption';
import { npmProcess } from './console/npm-process';
import { CHECKOUT } from '../infra/environment';
import { alertLine, severitiesOf } from './operations/alert-lines';
import { brokerConfig } from './operations/broker-config';
import { runCommand } from './operations/run-command';

const USAGE = `Usage: npm run alerts -- [<severity> …] [--json]

Prints a line for each alert of these severities, until Ctrl-C. Without any: of all.

The broker is that of RABBITMQ_URL, or else that of "npm start".
For programs: npm run --silent alerts -- --json`;

/** `npm run alerts`: what an operator must see, as it happens. Whatever else there is to say goes to standard error. */
async function alerts(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const severities = severitiesOf(positionals);
  const { rabbitmqUrl } = brokerConfig(BrokerConfig, process.env, join(CHECKOUT, '.data'));
  const print = values.json === true ? JSON.stringify : alertLine;
  const where = rabbitmqUrl.map(addressOf).join(', ');
  const { signal } = new Interruption(() => undefined, npmProcess());
  await watchAlerts(rabbitmqUrl, {
    severities,
    onAlert: (alert: Alert) => console.log(print(alert)),
    onWatching: () => console.error(`Watching for ${severities.join(', ')} on ${where}; Ctrl-C ends.`),
    onInterrupted: () => console.error('The broker is away; trying again.'),
    stop: signal,
  });
}

void runCommand({ usage: USAGE, run: alerts });
