import { BrokerUrls } from './broker-urls.decorator';

/** How a service or a tool reaches the broker. */
export class BrokerConfig {
  /** Where the broker is, with user, password and virtual host; one for each node of a cluster. */
  @BrokerUrls()
  rabbitmqUrl: string[];
}
