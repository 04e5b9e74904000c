import { BrokerUrls } from './broker-urls.decorator';

/** How a service or a tool reaches the broker. */
export class BrokerConfig {
  @BrokerUrls()
  rabbitmqUrl: string[];
}
