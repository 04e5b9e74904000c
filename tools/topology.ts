import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addressOf, BrokerUrls } from '@app/amqp';
import { applyTopology, TopologyConfig } from '@app/broker-admin';
import { CHECKOUT } from '../infra/environment';
import { brokerConfig } from './operations/broker-config';
import { runCommand } from './operations/run-command';
import { topologyReport } from './operations/topology-report';

const USAGE = `Usage: npm run topology

Makes the durable exchanges, queues and bindings on the broker of RABBITMQ_URL, or else on that of "npm start".
Reads EMAIL_QUEUE_KIND, SMS_QUEUE_KIND, INVENTORY_QUEUE_KIND (durable, exclusive), QUEUE_TYPE (quorum, classic),
QUEUE_MAX_LENGTH (messages) and RETRY_DELAYS_MS, which must be the same as for the services.`;

class TopologyCommandConfig extends TopologyConfig {
  @BrokerUrls()
  rabbitmqUrl: string[];
}

/** `npm run topology`: makes what the services expect to be there. */
async function topology(args: string[]): Promise<void> {
  parseArgs({ args });
  const config = brokerConfig(TopologyCommandConfig, process.env, join(CHECKOUT, '.data'));
  const made = await applyTopology(config.rabbitmqUrl, config, config);
  console.log(`${config.rabbitmqUrl.map(addressOf).join(', ')}\n${topologyReport(made, config)}`);
}

void runCommand({ usage: USAGE, run: topology });
