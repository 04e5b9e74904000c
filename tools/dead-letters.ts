import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DeadLetters } from '@app/broker-admin';
import { BrokerConfig } from '@app/amqp';
import { CHECKOUT } from '../infra/environment';
import { brokerConfig } from './operations/broker-config';
import { actionFor } from './operations/dead-letter-actions';
import { runCommand } from './operations/run-command';

const USAGE = `Usage: npm run dead-letters -- <command> [--json]

  list                             how many dead letters each queue has
  show <queue>                     all of a queue; their bodies hold personal data
  redrive <queue> [--id <id> …]    gives all of them, or these, another chance
  discard <queue> --id <id> …      deletes these for good

The broker is that of RABBITMQ_URL, or else that of "npm start".
For programs: npm run --silent dead-letters -- <command> --json`;

const OPTIONS = { id: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const;

/** `npm run dead-letters`: lists, shows, redrives or discards what could not be handled. */
async function deadLetters(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const action = actionFor(positionals, values.id);
  const { rabbitmqUrl } = brokerConfig(BrokerConfig, process.env, join(CHECKOUT, '.data'));
  const write = (text: string): void => void process.stdout.write(text);
  await action(new DeadLetters(rabbitmqUrl), { json: values.json === true, write });
}

void runCommand({ usage: USAGE, run: deadLetters });
