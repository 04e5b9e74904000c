import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addressOf } from '@app/amqp';
import { applyTopology, checkTopology, limitWorkQueues } from '@app/broker-admin';
import { CHECKOUT } from '../infra/environment';
import { brokerConfig } from './operations/broker-config';
import { runCommand } from './operations/run-command';
import { TopologyCommandConfig } from './operations/topology-command.config';
import { topologyReport } from './operations/topology-report';

const USAGE = `Usage: npm run topology [-- --check]

Makes the durable exchanges, queues, bindings and limits on the broker of RABBITMQ_URL, or else on that of "npm start".
With --check it changes nothing: it says which of them differ, and exits with 1 where any does. Limits and checks go over the management
API, at RABBITMQ_MANAGEMENT_URL or else on port 15672 of the broker's host.
Reads EMAIL_QUEUE_KIND, SMS_QUEUE_KIND, INVENTORY_QUEUE_KIND (durable, exclusive), QUEUE_TYPE (quorum, classic),
QUEUE_MAX_LENGTH (messages) and RETRY_DELAYS_MS, which must be the same as for the services.`;

/** `npm run topology`: makes what the services expect to be there, or looks whether it is. */
async function topology(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { check: { type: 'boolean' } } });
  const config = brokerConfig(TopologyCommandConfig, process.env, join(CHECKOUT, '.data'));
  await (values.check === true ? check(config) : make(config));
}

async function check(config: TopologyCommandConfig): Promise<void> {
  const differences = await checkTopology(wantedBy(config));
  if (differences.length > 0) throw new Error(differences.map(({ text }) => text).join('\n'));
  console.log(`${config.rabbitmqUrl.map(addressOf).join(', ')}\nEverything is there as it was made.`);
}

async function make(config: TopologyCommandConfig): Promise<void> {
  const made = await applyTopology(config.rabbitmqUrl, config, config);
  console.log(`${config.rabbitmqUrl.map(addressOf).join(', ')}\n${topologyReport(made, config)}`);
  await limitWorkQueues(wantedBy(config)).catch((error: unknown) =>
    console.error(`The work queues have no length limit. ${error instanceof Error ? error.message : ''}`),
  );
}

const wantedBy = (config: TopologyCommandConfig) => ({
  url: config.rabbitmqUrl,
  managementUrl: config.rabbitmqManagementUrl,
  kinds: config,
  settings: config,
});

void runCommand({ usage: USAGE, run: topology });
