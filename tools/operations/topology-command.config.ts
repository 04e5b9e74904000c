import { BrokerUrls } from '@app/amqp';
import { TopologyConfig } from '@app/broker-admin';

/** What a command reads that looks at the topology, or makes it. */
export class TopologyCommandConfig extends TopologyConfig {
  @BrokerUrls()
  rabbitmqUrl: string[];
}
