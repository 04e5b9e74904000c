import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkTopology, TopologyWatch, watchAlerts } from '@app/broker-admin';
import type { Alert } from '@app/contracts';
import { addressOf } from '@app/amqp';
import { Interruption } from './console/interruption';
import { npmProcess } from './console/npm-process';
import { CHECKOUT } from '../infra/environment';
import { alertLine, severitiesOf } from './operations/alert-lines';
import { brokerConfig } from './operations/broker-config';
import { TopologyCommandConfig } from './operations/topology-command.config';
import { runCommand } from './operations/run-command';

const USAGE = `Usage: npm run alerts -- [<severity> …] [--json]

Prints a line for each alert of these severities, until Ctrl-C. Without any: of all. Every 10 s it looks itself whether exchanges, queues and
bindings are as "npm run topology" makes them, and reads the same variables.

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
  const config = brokerConfig(TopologyCommandConfig, process.env, join(CHECKOUT, '.data'));
  const { rabbitmqUrl, rabbitmqManagementUrl: managementUrl } = config;
  const print = values.json === true ? JSON.stringify : alertLine;
  const where = rabbitmqUrl.map(addressOf).join(', ');
  const { signal } = new Interruption(() => undefined, npmProcess());
  const onAlert = (alert: Alert): void => {
    if (severities.includes(alert.severity)) console.log(print(alert));
  };
  const wanted = { url: rabbitmqUrl, managementUrl, kinds: config, settings: config };
  void new TopologyWatch(() => checkTopology(wanted), onAlert).until(signal);
  await watchAlerts(rabbitmqUrl, {
    severities,
    onAlert,
    onWatching: () => console.error(`Watching for ${severities.join(', ')} on ${where}; Ctrl-C ends.`),
    onInterrupted: () => console.error('The broker is away; trying again.'),
    stop: signal,
  });
}

void runCommand({ usage: USAGE, run: alerts });
